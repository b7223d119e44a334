import ipaddr from 'ipaddr.js'

const toNumber = (address: string): number =>
  ipaddr.IPv4.parse(address)
    .toByteArray()
    .reduce((sum, byte) => sum * 256 + byte, 0)

const toText = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')

/** The first address of a subnet behind the network's own, which is the server's unless it says otherwise. */
export function firstHost(subnet: string): string {
  return toText(toNumber(ipaddr.IPv4.networkAddressFromCIDR(subnet).toString()) + 1)
}

/**
 * The addresses that devices may have; the shop chooses a free one of them (`shop/device/allocate-address.ts`). Lowest
 * first: all of `subnet` (e.g. `10.8.0.0/16`) but the network's, the broadcast and the server's own. Made one at a time,
 * so that a large subnet costs nothing.
 */
export function* listAddresses(subnet: string, serverAddress: string): Generator<string> {
  const server = toNumber(serverAddress)
  const last = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(subnet).toString())
  for (let number = toNumber(firstHost(subnet)); number < last; number++) if (number !== server) yield toText(number)
}

/** Whether a device may have this address. */
export function isDeviceAddress(address: string, subnet: string, serverAddress: string): boolean {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address)) return false
  const number = toNumber(address)
  const last = toNumber(ipaddr.IPv4.broadcastAddressFromCIDR(subnet).toString())
  return number >= toNumber(firstHost(subnet)) && number < last && number !== toNumber(serverAddress)
}
