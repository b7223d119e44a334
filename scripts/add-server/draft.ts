import type { EndpointDiscovery } from '@vpn-kiosk/domain'
import type { DiscoverEndpointResult, EndpointCauseFound, EndpointDraft, EndpointFailure } from '@vpn-kiosk/shop'
import { Refusal } from '../command-line/failures.ts'

/** Looks at an endpoint; nothing is stored. */
export type Look = (draft: EndpointDraft) => Promise<DiscoverEndpointResult>

/** An endpoint that was looked at and whose settings are whole. */
export interface Examined {
  readonly draft: EndpointDraft
  readonly discovery: EndpointDiscovery
  /** What the place is reached by, unless the operator says otherwise. */
  readonly host: string
}

/** What is there; a Refusal in the driver's words when it cannot be used. */
export async function discover(look: Look, draft: EndpointDraft): Promise<EndpointDiscovery> {
  const found = await look(draft)
  if (found.kind === 'found') return found.discovery
  throw explainFailure(found)
}

export function explainFailure(failure: EndpointFailure | { readonly kind: 'forbidden' }): Refusal {
  switch (failure.kind) {
    case 'refused':
    case 'unreachable':
      return new Refusal(`${failure.reason}${hintOf(failure)}`)
    case 'unknown_driver':
      return new Refusal('This shop has no such driver.')
    case 'forbidden':
      return new Refusal('The shop does not permit this.')
  }
}

/** What to type next, where something can be typed. */
function hintOf({ code, field, fingerprint }: EndpointCauseFound): string {
  if (fingerprint) return ` (if it is your own: --certificate ${fingerprint})`
  if (code === 'two_factor_needed' || code === 'two_factor_wrong') return ' (--two-factor-file: the seed of the codes)'
  if (field === 'publicHost' || code === 'inbound_not_dialable') return ' (--public-host: what customers dial)'
  return ''
}

/** Without what is absent: a driver's schema tells absent from empty. */
export function present<V>(record: Readonly<Record<string, V | null | undefined>>): Record<string, V> {
  const known: Record<string, V> = {}
  for (const [name, value] of Object.entries(record)) if (value !== null && value !== undefined) known[name] = value
  return known
}
