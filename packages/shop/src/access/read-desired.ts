import { type EndpointRow, type Given, prepared, type Statements, sql } from '@vpn-kiosk/db'
import {
  type AccessId,
  type AccountSecrets,
  type AccountSpec,
  accountOf,
  type Entitlement,
  type Standing,
  serverLabel,
  sharedDevices,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type ReadDesiredDeps = Pick<ShopDeps, 'db' | 'clock' | 'vault'>

export interface Desired {
  readonly endpoint: Pick<EndpointRow, 'id' | 'driver' | 'settings' | 'secrets'>
  /** Null: no account should be there any more. */
  readonly spec: AccountSpec | null
  /** The account's own; null when they do not open. */
  readonly secrets: AccountSecrets | null
  /** The subscription has expired or is suspended: an account that does not exist yet is not made. */
  readonly isOver: boolean
  /** The endpoint has agreed at least once, and its documents are known. */
  readonly hasCredentials: boolean
}

/**
 * The state that an endpoint should have. It is read after the lease was taken, in a statement of its own: a statement
 * that waited for a change of the subscription would see the new access beside the old subscription.
 */
export async function readDesired(deps: ReadDesiredDeps, id: AccessId): Promise<Desired> {
  const [row] = await findDesired(deps.db, { id })
  if (!row) throw new Error(`there is no access ${id}`)
  const endpoint = {
    id: row.endpoint_id,
    driver: row.driver,
    settings: row.settings,
    secrets: row.endpoint_secrets,
  }
  const standing = standingOf(entitlementOf(row), deps.clock.now())
  return {
    endpoint,
    spec: row.is_gone ? null : specToApply(deps, id, row, standing),
    secrets: secretsIfReadable(deps, id, row),
    isOver: standing !== 'active' && standing !== 'traffic_used_up',
    hasCredentials: row.has_credentials,
  }
}

/** Accesses `a`, each with all that decides about its account. */
const selectDesired = (db: Statements) =>
  db
    .selectFrom('accesses as a')
    .innerJoin('subscriptions as s', 's.id', 'a.subscription_id')
    .innerJoin('endpoints as e', 'e.id', 'a.endpoint_id')
    .innerJoin('servers as p', 'p.id', 'e.server_id')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .leftJoin('devices as d', 'd.id', 'a.device_id')
    .select((eb) => [
      'a.id',
      'e.id as endpoint_id',
      'e.driver',
      'e.settings',
      'e.secrets as endpoint_secrets',
      'a.secrets',
      'a.address',
      eb
        .or([eb('a.removed_at', 'is not', null), eb('d.revoked_at', 'is not', null)])
        .$castTo<boolean>()
        .as('is_gone'),
      // All devices may use it; otherwise one.
      eb('a.device_id', 'is', null).$castTo<boolean>().as('is_shared'),
      eb('a.credentials', 'is not', null).$castTo<boolean>().as('has_credentials'),
      's.state',
      's.ends_at',
      's.traffic_limit_bytes',
      's.traffic_used_bytes',
      's.device_limit',
      // Keys of single devices that the subscription has, whatever their server.
      eb
        .selectFrom('devices as o')
        .whereRef('o.subscription_id', '=', 's.id')
        .where('o.revoked_at', 'is', null)
        .select(sql<number>`count(*)::int`.as('count'))
        .$asScalar()
        .$notNull()
        .as('separate_keys'),
      // What the endpoint's counter showed when the running stretch began.
      sql<string>`a.upload_counter + a.download_counter - a.upload_bytes - a.download_bytes + a.stretch_from_bytes`.as(
        'counter_from',
      ),
      'p.state as server_state',
      'p.country',
      'p.city',
      'p.city_titles',
      'e.ordinal',
      'c.language',
    ])

const findDesired = prepared((db, { id }: Given<{ id: AccessId }>) => selectDesired(db).where('a.id', '=', id))

type Row = Awaited<ReturnType<typeof findDesired>>[number]

export interface SettledAccess {
  readonly id: AccessId
  /** Whether its account should let the customer in now. */
  readonly shouldBeOpen: boolean
  /** Null: no account should be there any more, or the row's secrets do not open. */
  readonly spec: AccountSpec | null
}

export interface SettledPage {
  readonly endpointId: EndpointRow['id']
  readonly after: AccessId
  /** What was applied later is somebody's work. */
  readonly appliedBefore: Date
  readonly limit: number
}

const listSettled = prepared((db, { endpointId, after, appliedBefore, limit }: Given<SettledPage>) =>
  selectDesired(db)
    .where('a.endpoint_id', '=', endpointId)
    .where('a.id', '>', after)
    .whereRef('a.applied_revision', '=', 'a.desired_revision')
    .where('a.applied_at', '<', appliedBefore)
    .orderBy('a.id')
    .limit(limit),
)

/** A page of the states that an endpoint was given, in the order of ids. */
export async function readSettled(deps: ReadDesiredDeps, page: SettledPage): Promise<SettledAccess[]> {
  const now = deps.clock.now()
  const rows = await listSettled(deps.db, page)
  return rows.map((row) => {
    const standing = standingOf(entitlementOf(row), now)
    return {
      id: row.id,
      shouldBeOpen: !row.is_gone && isEnabled(row, standing),
      spec: row.is_gone ? null : specIfReadable(deps, row.id, row, standing),
    }
  })
}

const isEnabled = (row: Row, standing: Standing): boolean => standing === 'active' && row.server_state !== 'disabled'

/** One row whose secrets do not open keeps no other from being compared. */
function specIfReadable(deps: ReadDesiredDeps, id: AccessId, row: Row, standing: Standing): AccountSpec | null {
  try {
    return specOf(deps, id, row, standing)
  } catch {
    return null
  }
}

const entitlementOf = (row: Row): Entitlement => ({
  state: row.state,
  endsAt: row.ends_at,
  trafficLimitBytes: row.traffic_limit_bytes === null ? null : BigInt(row.traffic_limit_bytes),
  trafficUsedBytes: BigInt(row.traffic_used_bytes),
})

/** Secrets that do not open keep nobody connected whose right does not run: then the account is removed. */
function specToApply(deps: ReadDesiredDeps, id: AccessId, row: Row, standing: Standing): AccountSpec | null {
  try {
    return specOf(deps, id, row, standing)
  } catch (error) {
    if (standing === 'active') throw error
    return null
  }
}

/** An account whose secrets do not open is removed without them. */
function secretsIfReadable({ vault }: ReadDesiredDeps, id: AccessId, row: Row): AccountSecrets | null {
  try {
    return vault.open(row.secrets, secretsName(id))
  } catch {
    return null
  }
}

const secretsName = (id: AccessId) => `accesses.secrets:${id}` as const

function specOf({ vault }: ReadDesiredDeps, id: AccessId, row: Row, standing: Standing): AccountSpec {
  const { endsAt, trafficLimitBytes } = entitlementOf(row)
  const { country, city, city_titles: cityTitles, ordinal } = row
  return {
    account: accountOf(id),
    secrets: vault.open(row.secrets, secretsName(id)),
    address: row.address,
    enabled: isEnabled(row, standing),
    expiresAt: endsAt,
    // Endpoints compare with counters that go on from stretch to stretch.
    trafficLimitBytes: trafficLimitBytes === null ? null : trafficLimitBytes + BigInt(row.counter_from),
    deviceLimit: row.is_shared ? sharedDevices(row.device_limit, row.separate_keys) : 1,
    label: serverLabel({ country, city, cityTitles, ordinal }, row.language),
  }
}
