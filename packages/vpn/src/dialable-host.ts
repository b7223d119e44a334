import ipaddr from 'ipaddr.js'

const privateRanges = new Set([
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'carrierGradeNat',
  'private',
  'uniqueLocal',
])
const hostName = /^(?=.{1,253}\.?$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/i
const privateZones = /\.(local|localhost|localdomain|internal|intranet|lan|home|docker|home\.arpa)\.?$/i

/** Without the brackets that a URL puts around an IPv6 address, and without blanks. */
export const bareHost = (host: string): string => host.trim().replace(/^\[(.*)\]$/, '$1')

/** Whether a text is a host at all: a name or an address. */
export const isHost = (host: string): boolean =>
  ipaddr.isValid(host) || hostName.test(host) || /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i.test(host)

/**
 * Whether customers on the internet can dial this host as it is written: no loopback, private, link-local or
 * carrier-grade NAT address, no bare name (`localhost`, `3x-ui`) and no zone that only a local network knows.
 */
export function isDialable(host: string): boolean {
  if (ipaddr.isValid(host)) return !privateRanges.has(ipaddr.process(host).range())
  return hostName.test(host) && !privateZones.test(host)
}
