import type { EndpointDiscovery } from '@vpn-kiosk/domain'
import type { DiscoverEndpointResult, EndpointDraft, EndpointFailure } from '@vpn-kiosk/shop'
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
      return new Refusal(`It answered and refused: ${failure.reason}`)
    case 'unreachable':
      return new Refusal(`No answer: ${failure.reason}`)
    case 'unknown_driver':
      return new Refusal('This shop has no such driver.')
    case 'forbidden':
      return new Refusal('The shop does not permit this.')
  }
}

/** Without what is absent: a driver's schema tells absent from empty. */
export function present<V>(record: Readonly<Record<string, V | null | undefined>>): Record<string, V> {
  const known: Record<string, V> = {}
  for (const [name, value] of Object.entries(record)) if (value !== null && value !== undefined) known[name] = value
  return known
}
