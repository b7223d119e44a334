import { EndpointEntity, type EndpointRow, sql } from '@vpn-kiosk/db'
import {
  type AccessId,
  accountOf,
  addMs,
  dropRestMs,
  EndpointRefused,
  EndpointUnreachable,
  isBefore,
  watchCutMs,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { forEachIsolated } from './for-each-isolated.ts'

export type DropConnectionsDeps = Pick<ShopDeps, 'db' | 'clock' | 'endpoints'>

/** Endpoints in one round, and accesses of each: more are looked at in the next one. */
const mostEndpoints = 200
const mostAccesses = 5_000

interface Cut {
  readonly endpoint_id: EndpointRow['id']
  readonly accesses: AccessId[]
}

/**
 * Ends the open connections of accesses that were cut lately (banned, expired, used up, removed), where the endpoint's
 * core keeps them. An idle connection is watched until the core drops it. Where ending one interrupts everybody, there
 * is a pause between two times (`dropRestMs`).
 */
export async function dropConnections(deps: DropConnectionsDeps): Promise<void> {
  const now = deps.clock.now()
  await deps.db
    .getKysely()
    .updateTable('accesses')
    .set({ cut_at: null })
    .where('cut_at', '<', addMs(now, -watchCutMs))
    .execute()
  const cuts = await listCuts(deps, now)
  await forEachIsolated(cuts, (cut) => dropOn(deps, cut).catch(leaveForLater))
}

const listCuts = ({ db }: DropConnectionsDeps, now: Date): Promise<Cut[]> =>
  db
    .getKysely()
    .selectFrom('endpoints as e')
    .select((eb) => {
      const cut = eb
        .selectFrom('accesses as a')
        .select('a.id')
        .whereRef('a.endpoint_id', '=', 'e.id')
        .where('a.cut_at', 'is not', null)
        .orderBy('a.cut_at')
        .limit(mostAccesses)
      return ['e.id as endpoint_id', sql<AccessId[]>`array(${cut})`.as('accesses')]
    })
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('accesses as a')
          .select('a.id')
          .whereRef('a.endpoint_id', '=', 'e.id')
          .where('a.cut_at', 'is not', null),
      ),
    )
    .where((eb) => eb.or([eb('e.dropped_at', 'is', null), eb('e.dropped_at', '<=', addMs(now, -dropRestMs))]))
    .orderBy('e.dropped_at', (order) => order.asc().nullsFirst())
    .limit(mostEndpoints)
    .execute()

function leaveForLater(error: unknown): void {
  if (!(error instanceof EndpointUnreachable || error instanceof EndpointRefused)) throw error
}

async function dropOn({ db, clock, endpoints }: DropConnectionsDeps, cut: Cut): Promise<void> {
  const endpoint = await db.em().findOneOrFail(EndpointEntity, { id: cut.endpoint_id })
  const driver = endpoints.open(endpoint)
  const startedAt = clock.now()
  // Where a cut ends connections by itself there is nothing to watch.
  const result = driver.dropConnections ? await driver.dropConnections(cut.accesses.map(accountOf)) : null
  if (result?.kind === 'nobody_online') return
  await db.transaction(async (em) => {
    await em
      .getKysely()
      .updateTable('accesses')
      .set({ cut_at: null })
      .where('endpoint_id', '=', endpoint.id)
      .where('cut_at', '<=', startedAt)
      .execute()
    if (result?.kind !== 'restarted') return
    const isNewer = endpoint.runningSince == null || isBefore(endpoint.runningSince, startedAt)
    // Its new start is ours and needs no look at what it holds.
    const runningSince = isNewer && endpoint.runningSince != null ? clock.now() : (endpoint.runningSince ?? null)
    await em.nativeUpdate(EndpointEntity, { id: endpoint.id }, { droppedAt: clock.now(), runningSince })
  })
}
