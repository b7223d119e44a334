import { type Expression, type Given, prepared, type Statements } from '@vpn-kiosk/db'
import {
  type AccessDocument,
  type AccessId,
  type Credentials,
  type CustomerId,
  type DriverId,
  type Language,
  type Protocol,
  type ServerState,
  type Standing,
  serverLabel,
  standingOf,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Vault } from '../secrets/vault.ts'
import { devicesOnly, sharedDrivers } from '../server/devices-only.ts'
import { requestAgain } from './request-access.ts'

export interface WayIn {
  readonly label: string
  readonly protocol: Protocol
  readonly document: AccessDocument
}

export interface Key {
  /** The customer's. */
  readonly language: Language
  readonly standing: Standing
  readonly isTrial: boolean
  readonly endsAt: Date | null
  readonly trafficUsedBytes: bigint
  readonly trafficLimitBytes: bigint | null
  /** How many devices may use it at once. */
  readonly deviceLimit: number
  readonly subscriptionUrl: string
  /** Paid or granted, but no endpoint has agreed yet. */
  readonly isPreparing: boolean
  /** Servers whose access works, of those that it is being made on; the others follow within moments. */
  readonly ready: { readonly count: number; readonly of: number }
  /** Share links of the whole subscription; empty while it is being prepared. Devices have files of their own. */
  readonly waysIn: readonly WayIn[]
}

export type GetKeyDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'policy' | 'drivers'>

/** What a customer connects with; null for a customer who never had a subscription. */
export async function getKey(deps: GetKeyDeps, customerId: CustomerId): Promise<Key | null> {
  return toKey(deps, await findKeyByCustomer(deps.db, { shared: sharedDrivers(deps.drivers), customerId }))
}

/** A row for each access; a single one without an access when there is none. */
export const selectKey = (db: Statements, shared: Expression<readonly DriverId[]>) =>
  db
    .selectFrom('subscriptions as s')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .leftJoin('accesses as a', (join) =>
      join.onRef('a.subscription_id', '=', 's.id').on('a.device_id', 'is', null).on('a.removed_at', 'is', null),
    )
    .leftJoin('endpoints as e', 'e.id', 'a.endpoint_id')
    .leftJoin('servers as v', 'v.id', 'e.server_id')
    .select([
      's.state',
      's.is_trial',
      's.ends_at',
      's.traffic_limit_bytes',
      's.traffic_used_bytes',
      's.device_limit',
      's.token',
      'a.id',
      'a.credentials',
      'e.protocol',
      'v.state as server_state',
      'v.country',
      'v.city',
      'v.city_titles',
      'e.ordinal',
      'c.language',
      devicesOnly(shared).as('devices_only'),
    ])
    // An access has an endpoint, and that a server.
    .$narrowType<{ protocol: Protocol; server_state: ServerState; country: string; city: string; ordinal: number }>()
    .orderBy('v.position')
    .orderBy('a.created_at')
    .orderBy('a.id')

/** Apps fetch their list every few hours, all of them. */
const findKeyByCustomer = prepared(
  (db, { shared, customerId }: Given<{ shared: readonly DriverId[]; customerId: CustomerId }>) =>
    selectKey(db, shared).where('s.customer_id', '=', customerId),
)
type Row = Awaited<ReturnType<typeof findKeyByCustomer>>[number]

export async function toKey(deps: GetKeyDeps, rows: readonly Row[], reads?: Language): Promise<Key | null> {
  const [first] = rows
  if (!first) return null
  const trafficUsedBytes = BigInt(first.traffic_used_bytes)
  const trafficLimitBytes = first.traffic_limit_bytes === null ? null : BigInt(first.traffic_limit_bytes)
  const standing = standingOf(
    { state: first.state, endsAt: first.ends_at, trafficLimitBytes, trafficUsedBytes },
    deps.clock.now(),
  )
  const ways = standing === 'active' ? rows.map((row) => readWaysIn(deps, row, reads ?? row.language)) : []
  const broken = rows.filter((_, at) => ways[at] === 'broken')
  for (const { id } of broken) if (id) await makeAnew(deps, id)
  const waysIn = ways.flatMap((found) => (found === 'broken' ? [] : found))
  return {
    language: first.language,
    standing,
    isTrial: first.is_trial,
    endsAt: first.ends_at,
    trafficUsedBytes,
    trafficLimitBytes,
    deviceLimit: first.device_limit,
    subscriptionUrl: `${deps.policy.publicUrl}/s/${first.token}`,
    ready: {
      count: rows.filter((row) => row.credentials !== null && !broken.includes(row)).length,
      of: rows.filter((row) => row.id !== null).length,
    },
    isPreparing: standing === 'active' && waysIn.length === 0 && !first.devices_only,
    waysIn,
  }
}

/** The endpoint is asked for its documents once more; the customer's other keys go on. */
const makeAnew = (deps: GetKeyDeps, id: AccessId) =>
  deps.db.transaction((em) => requestAgain(deps, em, id, deps.clock.now()))

/** `broken`: what was sealed does not open. */
function readWaysIn({ vault }: GetKeyDeps, row: Row, language: Language): WayIn[] | 'broken' {
  if (row.credentials === null || row.server_state === 'disabled') return []
  const opened = openCredentials(vault, row.credentials, row.id)
  if (opened === null) return 'broken'
  const { documents } = opened
  const { country, city, city_titles: cityTitles, ordinal } = row
  const label = serverLabel({ country, city, cityTitles, ordinal }, language)
  return documents.map((document) => ({
    label: documents.length > 1 ? nameOf(document, label) : label,
    protocol: row.protocol,
    document,
  }))
}

function openCredentials(vault: Vault, sealed: string, id: Row['id']): Credentials | null {
  try {
    return vault.open<Credentials>(sealed, `accesses.credentials:${id}`)
  } catch {
    return null
  }
}

/** Several ways in on one endpoint are told apart as the app tells them: by the name at the end of their links. */
function nameOf(document: AccessDocument, label: string): string {
  const name = document.kind === 'link' ? document.uri.split('#')[1] : undefined
  if (!name) return label
  try {
    return decodeURIComponent(name)
  } catch {
    return label
  }
}
