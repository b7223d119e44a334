import { EndpointEntity, type EndpointRow, type EntityManager, LockMode, ServerEntity } from '@vpn-kiosk/db'
import type { DriverKind, EndpointConfig, EndpointHealth, EndpointId } from '@vpn-kiosk/domain'
import { retryAccesses } from '../access/retry-accesses.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/notify-staff.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { askEndpoint } from './ask-endpoint.ts'
import type { EndpointFailure } from './endpoint-failure.ts'
import { findTwin, type Twin } from './find-twin.ts'
import { healthColumns } from './insert-endpoint.ts'
import { lockServers } from './lock-servers.ts'
import { wishEndpoints } from './reprovision-endpoint.ts'
import { awake } from './rest-after-refusal.ts'
import { type TestedEndpoint, testEndpoint } from './test-endpoint.ts'

/** What is absent stays as it is; null takes a value away, e.g. the password where a token replaces it. */
export interface EndpointChange {
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  readonly secrets?: Readonly<Record<string, string | null>> | undefined
}

export type UpdateEndpointResult =
  | { readonly kind: 'updated'; readonly health: EndpointHealth }
  /** Somebody else has just changed it: look again. */
  | { readonly kind: 'changed_meanwhile' }
  | { readonly kind: 'unknown_endpoint' }
  | ({ readonly kind: 'same_panel' } & Twin)
  | EndpointFailure
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'vault' | 'drivers' | 'policy'>

/**
 * Changes how an endpoint is reached and what of it is sold. The connection is tested as it will be, before it is
 * saved; whoever lets us in now is not left alone any longer. What waited for the endpoint is tried at once; where what customers get may have changed, each access is
 * provisioned anew.
 */
export async function updateEndpoint(
  deps: Deps,
  actor: Actor,
  id: EndpointId,
  change: EndpointChange,
): Promise<UpdateEndpointResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  const old = await deps.db.em().findOne(EndpointEntity, { id })
  if (!old) return { kind: 'unknown_endpoint' }
  const kind = deps.drivers.get(old.driver)
  if (!kind) return { kind: 'unknown_driver' }
  const draft = merge(deps, old, change)
  const tested = await askEndpoint(() => testEndpoint(deps, kind, draft))
  if (tested.kind !== 'answered') return tested
  const order = { old, kind, tested: tested.value, secretNames: Object.keys(change.secrets ?? {}) }
  return deps.db.transaction((em) => store(deps, em, actor, order))
}

function merge({ vault }: Deps, old: EndpointRow, { settings, secrets }: EndpointChange): EndpointConfig {
  const present = <V>(record: Readonly<Record<string, V | null>>): Record<string, V> =>
    Object.fromEntries(Object.entries(record).filter((entry): entry is [string, V & {}] => entry[1] !== null))
  return {
    settings: present({ ...old.settings, ...settings }),
    secrets: present({ ...vault.open<Record<string, string>>(old.secrets, `endpoints.secrets:${old.id}`), ...secrets }),
  }
}

interface Order {
  readonly old: EndpointRow
  readonly kind: DriverKind
  readonly tested: TestedEndpoint
  readonly secretNames: readonly string[]
}

async function store(
  deps: Deps,
  em: EntityManager,
  actor: Actor,
  { old, kind, tested, secretNames }: Order,
): Promise<UpdateEndpointResult> {
  const { id, serverId } = old
  await lockServers(em)
  const server = await em.findOneOrFail(ServerEntity, { id: serverId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  const row = await em.findOne(EndpointEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
  if (!row) return { kind: 'unknown_endpoint' }
  const isChanged = row.secrets !== old.secrets || sorted(row.settings) !== sorted(old.settings)
  // Whoever presses twice at once finds what the other press has just saved.
  if (isChanged && isSaved(deps, row, tested.config)) return { kind: 'updated', health: tested.health }
  if (isChanged) return { kind: 'changed_meanwhile' }
  const twin = await findTwin(deps, em, kind, tested, id)
  if (twin) return { kind: 'same_panel', ...twin }
  const now = deps.clock.now()
  const settings = { ...tested.config.settings }
  const secrets =
    secretNames.length > 0 ? deps.vault.seal(tested.config.secrets, `endpoints.secrets:${id}`) : row.secrets
  await em.nativeUpdate(
    EndpointEntity,
    { id },
    { settings, secrets, ...healthColumns(tested.health, now), failures: 0, ...awake },
  )
  if (sorted(settings) !== sorted(row.settings)) await wishEndpoints(deps, em, [id])
  await retryAccesses(deps, em, serverId, now)
  if (server.state === 'down') {
    await em.nativeUpdate(ServerEntity, { id: serverId, state: 'down' }, { state: 'active' })
    await notifyStaff(deps, em, { kind: 'server_up', serverName: server.name }, now)
  }
  const note = { actor: auditedActor(actor), action: 'update_endpoint', subject: id }
  const before = { settings: row.settings }
  await recordAudit(em, { ...note, before, after: { settings, changedSecrets: secretNames } }, now)
  return { kind: 'updated', health: tested.health }
}

const isSaved = ({ vault }: Deps, row: EndpointRow, { settings, secrets }: EndpointConfig): boolean =>
  sorted(row.settings) === sorted(settings) &&
  sorted(vault.open<Record<string, string>>(row.secrets, `endpoints.secrets:${row.id}`)) === sorted(secrets)

/** Postgres keeps the keys of a JSON object in an order of its own. */
const sorted = (record: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)))
