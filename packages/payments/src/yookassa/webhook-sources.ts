import { WebhookRejected } from '@vpn-kiosk/domain'
import ipaddr from 'ipaddr.js'

/** Where YooKassa sends webhooks from, by its documents (payment-acceptance → webhooks). Configurable, because such lists change. */
export const yookassaWebhookSources: readonly string[] = [
  '185.71.76.0/27',
  '185.71.77.0/27',
  '77.75.153.0/25',
  '77.75.156.11',
  '77.75.156.35',
  '77.75.154.128/25',
  '2a02:5180::/32',
]

type AssertSource = (sourceIp: string) => void

/** Reads the list once; throws, naming the entry, when one is neither an address nor a block. */
export function createSourceGuard(allowed: readonly string[]): AssertSource {
  const blocks = allowed.map(readBlock)
  return (sourceIp) => {
    if (!ipaddr.isValid(sourceIp)) throw new WebhookRejected('the webhook has no readable source address')
    // `process` turns ::ffff:1.2.3.4, which a dual-stack socket reports, into 1.2.3.4.
    const address = ipaddr.process(sourceIp)
    const isAllowed = blocks.some(
      ([network, bits]) => address.kind() === network.kind() && address.match(network, bits),
    )
    if (!isAllowed) throw new WebhookRejected(`the webhook comes from ${address.toString()}, which is not YooKassa's`)
  }
}

function readBlock(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  } catch (cause) {
    throw new Error(`not an address or a CIDR block: ${JSON.stringify(text.slice(0, 60))}`, { cause })
  }
}
