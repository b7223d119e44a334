import {
  type AccessDocument,
  type AccessId,
  type Credentials,
  type CustomerId,
  type Language,
  type LocalizedText,
  type Protocol,
  type ServerState,
  type Standing,
  type SubscriptionState,
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

type GetKeyDeps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'policy' | 'drivers'>

/** What a customer connects with; null for who never had anything. */
export async function getKey(deps: GetKeyDeps, customerId: CustomerId): Promise<Key | null> {
  return read(deps, keyByCustomer, customerId)
}

/** The same for whoever holds the public link, who may read `language`; null for an unknown token. */
export async function getKeyByToken(deps: GetKeyDeps, token: string, language?: Language): Promise<Key | null> {
  if (!/^[0-9a-z]{32}$/.test(token)) return null
  return read(deps, keyByToken, token, language)
}

/** One for each access; a single one with nulls when there is none. */
interface Row {
  readonly state: SubscriptionState
  readonly is_trial: boolean
  readonly ends_at: Date | string | null
  readonly traffic_limit_bytes: string | null
  readonly traffic_used_bytes: string
  readonly device_limit: number
  readonly token: string
  /** Of the access. */
  readonly id: AccessId | null
  readonly credentials: string | null
  readonly protocol: Protocol
  readonly server_state: ServerState
  readonly country: string
  readonly city: string
  readonly city_titles: LocalizedText | null
  readonly ordinal: number
  readonly language: Language
  readonly devices_only: boolean
}

/** One statement: apps fetch their list every few hours, all of them. */
const keyBy = (column: 'customer_id' | 'token') => ({
  name: `key by ${column}`,
  text: `select s.state, s.is_trial, s.ends_at, s.traffic_limit_bytes, s.traffic_used_bytes, s.device_limit, s.token,
       a.id, a.credentials, e.protocol, v.state as server_state, v.country, v.city, v.city_titles, e.ordinal, c.language,
       ${devicesOnly} as devices_only
     from subscriptions s join customers c on c.id = s.customer_id
     left join accesses a on a.subscription_id = s.id and a.device_id is null and a.removed_at is null
     left join endpoints e on e.id = a.endpoint_id
     left join servers v on v.id = e.server_id
     where s.${column} = $1 order by v.position, a.created_at, a.id`,
})
const keyByCustomer = keyBy('customer_id')
const keyByToken = keyBy('token')

async function read(
  deps: GetKeyDeps,
  statement: typeof keyByToken,
  value: string,
  reads?: Language,
): Promise<Key | null> {
  const rows = await deps.db.read<Row>(statement, [value, sharedDrivers(deps.drivers)])
  const [first] = rows
  if (!first) return null
  const endsAt = first.ends_at === null ? null : new Date(first.ends_at)
  const trafficUsedBytes = BigInt(first.traffic_used_bytes)
  const trafficLimitBytes = first.traffic_limit_bytes === null ? null : BigInt(first.traffic_limit_bytes)
  const standing = standingOf({ state: first.state, endsAt, trafficLimitBytes, trafficUsedBytes }, deps.clock.now())
  const ways = standing === 'active' ? rows.map((row) => readWaysIn(deps, row, reads ?? row.language)) : []
  const broken = rows.filter((_, at) => ways[at] === 'broken')
  for (const { id } of broken) if (id) await makeAnew(deps, id)
  const waysIn = ways.flatMap((found) => (found === 'broken' ? [] : found))
  return {
    language: first.language,
    standing,
    isTrial: first.is_trial,
    endsAt,
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
