import { z } from 'zod'
import { PanelDoorClosed, PanelRefusal } from './panel-answers.ts'
import type { PanelSession } from './panel-session.ts'
import { readAs, type WireInbound } from './wire.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? [])
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true)

const hostGroupSchema = z.looseObject({
  inboundIds: z.array(z.number()),
  /** `address:port`, `[v6]:port`; either part may be left out and then is the inbound's own. */
  hosts: texts,
  remark: text,
  isDisabled: flag,
  security: text,
  sni: text,
  overrideSniFromAddress: flag,
  keepSniBlank: flag,
  fingerprint: text,
  alpn: texts,
  pinnedPeerCertSha256: texts,
  verifyPeerCertByName: text,
  echConfigList: text,
  allowInsecure: flag,
  hostHeader: text,
  path: text,
  excludeFromSubTypes: texts,
})
type HostGroup = z.infer<typeof hostGroupSchema>
const hostGroupsSchema = z
  .array(hostGroupSchema)
  .nullable()
  .transform((list) => list ?? [])

/**
 * Panels from 3.4 on keep the addresses that customers connect to in a table of their own; where an inbound has some,
 * they take the place of its external proxies. Source: `panel/api/hosts/byInbound/:id`, 3.6.
 */
export async function withManagedHosts(session: PanelSession, inbound: WireInbound): Promise<WireInbound> {
  const groups = await readGroups(session, inbound.id)
  const externalProxy = groups
    .filter((group) => !group.isDisabled && !group.excludeFromSubTypes.includes('raw'))
    .flatMap((group) =>
      (group.hosts.length === 0 ? [''] : group.hosts).map((address) => asProxy(group, readPlace(address))),
    )
  if (externalProxy.length === 0) return inbound
  return { ...inbound, streamSettings: { ...inbound.streamSettings, externalProxy } }
}

/** None where this panel has no such table. */
async function readGroups(session: PanelSession, inboundId: number): Promise<HostGroup[]> {
  try {
    const found = await session.call({ method: 'GET', path: `panel/api/hosts/byInbound/${inboundId}` })
    return readAs(hostGroupsSchema, found, 'list of hosts')
  } catch (error) {
    if (error instanceof PanelDoorClosed || error instanceof PanelRefusal) return []
    throw error
  }
}

interface Place {
  readonly address: string
  /** 0 = the inbound's own. */
  readonly port: number
}

function readPlace(text: string): Place {
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(text)
  if (bracketed !== null) return { address: bracketed[1] ?? '', port: Number(bracketed[2] ?? 0) }
  const [address = '', port, ...more] = text.split(':')
  return more.length > 0 ? { address: text, port: 0 } : { address, port: Number(port ?? 0) || 0 }
}

/** In the shape of an external proxy, which links already know. */
function asProxy(group: HostGroup, { address, port }: Place): Record<string, unknown> {
  const sni = group.overrideSniFromAddress ? address : group.sni
  return {
    isHost: true,
    forceTls: group.security === 'tls' || group.security === 'none' ? group.security : 'same',
    dest: address,
    port,
    // The panel fills in a customer's figures between double braces; they have no place in a name that is stored.
    remark: group.remark.replace(/\{\{.*?\}\}/g, '').trim(),
    sni: group.keepSniBlank ? '' : sni,
    fingerprint: group.fingerprint,
    alpn: group.alpn,
    pinnedPeerCertSha256: group.pinnedPeerCertSha256,
    verifyPeerCertByName: group.verifyPeerCertByName,
    echConfigList: group.echConfigList,
    allowInsecure: group.allowInsecure,
    hostHeader: group.hostHeader,
    path: group.path,
  }
}
