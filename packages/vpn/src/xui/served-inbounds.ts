import { createHash } from 'node:crypto'
import type { EndpointProblem } from '@vpn-kiosk/domain'
import { inboundLinks } from './inbound-links.ts'
import type { XuiSettings } from './settings.ts'
import type { WireInbound } from './wire.ts'

/** The chosen inbounds as they are, and what is wrong with some of them. */
export interface ServedInbounds {
  /** Those that are there and are VLESS, in the order chosen: accounts are kept on each of them, also while it is off. */
  readonly present: readonly WireInbound[]
  /** Those that let customers in now: links are made of these alone. */
  readonly working: readonly WireInbound[]
  readonly problems: readonly EndpointProblem[]
}

/** Looks at each chosen inbound by itself: one that is broken does not stop the others. */
export function serveInbounds(
  inbounds: readonly WireInbound[],
  settings: Pick<XuiSettings, 'inboundIds' | 'url' | 'publicHost' | 'allowPrivateHost'>,
  now: Date,
): ServedInbounds {
  const present: WireInbound[] = []
  const working: WireInbound[] = []
  const problems: EndpointProblem[] = []
  for (const id of settings.inboundIds) {
    const inbound = inbounds.find((candidate) => candidate.id === id)
    const problem = findProblem(id, inbound, settings, now)
    if (problem !== null) problems.push(problem)
    if (inbound === undefined || inbound.protocol !== 'vless') continue
    present.push(inbound)
    if (problem === null) working.push(inbound)
  }
  return { present, working, problems }
}

function findProblem(
  id: number,
  inbound: WireInbound | undefined,
  settings: Pick<XuiSettings, 'url' | 'publicHost' | 'allowPrivateHost'>,
  now: Date,
): EndpointProblem | null {
  if (inbound === undefined) return { code: 'inbound_deleted', detail: `#${id}` }
  const detail = inboundName(inbound)
  if (inbound.protocol !== 'vless') {
    return { code: 'inbound_protocol_changed', detail: `${detail} ${inbound.protocol}` }
  }
  if (inbound.expiryTime > 0 && inbound.expiryTime <= now.getTime()) return { code: 'inbound_expired', detail }
  if (inbound.total > 0 && inbound.up + inbound.down >= inbound.total) return { code: 'inbound_used_up', detail }
  // The panel switches off what has run out, so that this comes after the reason.
  if (!inbound.enable) return { code: 'inbound_off', detail }
  return inboundLinks(inbound, settings).length === 0 ? { code: 'inbound_not_dialable', detail } : null
}

export const inboundName = (inbound: WireInbound): string =>
  `${inbound.remark || `inbound ${inbound.id}`} :${inbound.port}`

/** The same text as long as an account's links would be the same: what they are made of, and nothing of the clients. */
export function linksKey({ working }: ServedInbounds, settings: XuiSettings): string {
  const parts = working.map((inbound) => inboundLinks(inbound, settings))
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)
}
