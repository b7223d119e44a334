import { EndpointEntity, type EndpointRow } from '@vpn-kiosk/db'
import {
  type AccessId,
  type AccountDifference,
  type AccountState,
  accountOf,
  EndpointRefused,
  EndpointUnreachable,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { readSettled, type SettledAccess } from './read-desired.ts'
import { requestAgain } from './request-access.ts'

export type ReconcileEndpointDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'endpoints' | 'vault'>

export interface Difference {
  readonly accessId: AccessId
  readonly endpointId: EndpointRow['id']
  /** `missing`: should let in and does not. `open`: lets in and should not. `changed`: lets in, but not as sold. */
  readonly kind: 'missing' | 'open' | 'changed'
  /** With `changed`: what differs. */
  readonly differences: readonly AccountDifference[]
}

const page = 1000
/** So many are wished again in one round, the closing ones first; the next round finds the others. */
const mostPerRound = 2000

/**
 * Compares the accounts of an endpoint with what it was last given (enabled, end, limits, secrets, inbounds) and
 * provisions again whatever differs. So a panel that was lost or restored from an old copy is made whole, and a revoked
 * device stays away. Accounts without a row of ours are left alone. A dry run only reports. One list call; an endpoint
 * that does not answer is left for the next round.
 */
export async function reconcileEndpoint(
  deps: ReconcileEndpointDeps,
  id: EndpointRow['id'],
  { isDryRun = false } = {},
): Promise<Difference[]> {
  const endpoint = await deps.db.em().findOne(EndpointEntity, { id })
  if (!endpoint) return []
  const differences = await compare(deps, endpoint)
  const first = differences.toSorted((one, other) => urgency[one.kind] - urgency[other.kind]).slice(0, mostPerRound)
  if (!isDryRun)
    for (const { accessId } of first)
      await deps.db.transaction((em) => requestAgain(deps, em, accessId, deps.clock.now()))
  return first
}

/** Accounts that are open without a right come first, then rights without an open account. */
const urgency: Readonly<Record<Difference['kind'], number>> = { open: 0, missing: 1, changed: 2 }

async function compare(deps: ReconcileEndpointDeps, endpoint: EndpointRow): Promise<Difference[]> {
  const startedAt = deps.clock.now()
  try {
    const held = new Map<string, AccountState>()
    for await (const state of deps.endpoints.open(endpoint).listAccounts()) held.set(state.account, state)
    return await findDifferences(deps, endpoint.id, { held, startedAt })
  } catch (error) {
    if (error instanceof EndpointUnreachable || error instanceof EndpointRefused) return []
    throw error
  }
}

async function findDifferences(
  deps: ReconcileEndpointDeps,
  endpointId: EndpointRow['id'],
  { held, startedAt }: { readonly held: ReadonlyMap<string, AccountState>; readonly startedAt: Date },
): Promise<Difference[]> {
  const found: Difference[] = []
  for (let after: AccessId = 'acc_'; ; ) {
    const rows = await readSettled(deps, { endpointId, after, appliedBefore: startedAt, limit: page })
    for (const row of rows) {
      const difference = differenceOf(row, held.get(accountOf(row.id)))
      if (difference) found.push({ accessId: row.id, endpointId, ...difference })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < page) return found
    after = last.id
  }
}

/** When an account is closed, as it should be, nothing else of it matters. */
function differenceOf(
  { spec, shouldBeOpen }: SettledAccess,
  state: AccountState | undefined,
): Pick<Difference, 'kind' | 'differences'> | null {
  const isOpen = state?.enabled === true
  if (isOpen !== shouldBeOpen) return { kind: shouldBeOpen ? 'missing' : 'open', differences: [] }
  const differences = isOpen && spec ? (state?.differencesFrom(spec) ?? []) : []
  return differences.length > 0 ? { kind: 'changed', differences } : null
}
