import type { EndpointDiscovery, EndpointProblem } from '@vpn-kiosk/domain'
import type { DiscoverEndpointResult, EndpointCauseFound, EndpointDraft, EndpointFailure } from '@vpn-kiosk/shop'
import { Refusal } from '../command-line/failures.ts'

/** Examines an endpoint and stores nothing. */
export type Look = (draft: EndpointDraft) => Promise<DiscoverEndpointResult>

/** An examined endpoint with complete settings. */
export interface Examined {
  readonly draft: EndpointDraft
  readonly discovery: EndpointDiscovery
  /** The host that customers connect to, unless the operator gives another one. */
  readonly host: string
}

/** What is wrong with what will be sold; inbounds that were not chosen are left out. */
export function listSoldProblems({ draft, discovery }: Examined): EndpointProblem[] {
  const { inboundIds } = draft.settings
  if (!Array.isArray(inboundIds)) return [...discovery.problems]
  const sold = discovery.choices.filter(({ value }) => inboundIds.includes(Number(value))).map(({ label }) => label)
  const nameOf = ({ detail }: EndpointProblem) => detail.split(' → ')[0] ?? detail
  return discovery.problems.filter((problem) => sold.some((label) => label.startsWith(nameOf(problem))))
}

/** Returns what the driver found. Throws a Refusal in the driver's words when the endpoint cannot be used. */
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

/** The flag that solves the problem, where one does. */
function hintOf({ code, field, fingerprint }: EndpointCauseFound): string {
  if (fingerprint) return ` (if it is your own: --certificate ${fingerprint})`
  if (code === 'two_factor_needed' || code === 'two_factor_wrong') return ' (--two-factor-file: the seed of the codes)'
  if (field === 'publicHost' || code === 'inbound_not_dialable') return ' (--public-host: what customers dial)'
  return ''
}

/** Removes absent values: a driver's schema distinguishes absent from empty. */
export function present<V>(record: Readonly<Record<string, V | null | undefined>>): Record<string, V> {
  const known: Record<string, V> = {}
  for (const [name, value] of Object.entries(record)) if (value !== null && value !== undefined) known[name] = value
  return known
}
