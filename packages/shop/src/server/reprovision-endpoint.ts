import { anyOf, type EntityManager, sql } from '@vpn-kiosk/db'
import { type AccessId, addMs, type EndpointId } from '@vpn-kiosk/domain'
import { wishedAt } from '../access/wished-at.ts'
import type { ShopDeps } from '../deps.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock'>

/** So many accesses a transaction: whoever buys meanwhile waits for no longer than one page. */
const page = 500

/**
 * What customers get on these endpoints has changed: each access there is to be provisioned once more. Written in the
 * caller's transaction; a job walks through the accesses afterwards.
 */
export async function wishEndpoints(
  { queue }: Pick<ShopDeps, 'queue'>,
  em: EntityManager,
  ids: readonly EndpointId[],
): Promise<void> {
  await em.getKysely().updateTable('endpoints').set({ wish_after: '' }).where('id', '=', anyOf(ids)).execute()
  for (const endpointId of ids)
    await queue.enqueue('reprovision-endpoint', { endpointId }, { transaction: em.getTransactionContext() })
}

/**
 * Walks through the accesses of an endpoint by pages and wishes each to be provisioned once more. How far it has come
 * is in the endpoint's row: a job that dies is taken up there, two at once share the work.
 */
export async function reprovisionEndpoint(deps: Deps, id: EndpointId): Promise<void> {
  for (let isMore = true; isMore; ) isMore = await deps.db.transaction((em) => wishPage(deps, em, id))
}

async function wishPage({ queue, clock }: Deps, em: EntityManager, id: EndpointId): Promise<boolean> {
  const db = em.getKysely()
  const endpoint = await db
    .selectFrom('endpoints')
    .select('wish_after')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!endpoint || endpoint.wish_after === null) return false
  const after = endpoint.wish_after as AccessId
  // The sweep takes accesses that have been due for a while: these are due at once.
  const { last, wished } = await db
    .with('page', (cte) =>
      cte
        .selectFrom('accesses')
        .select('id')
        .where('endpoint_id', '=', id)
        .where('id', '>', after)
        .orderBy('id')
        .limit(page),
    )
    .with('wished', (cte) =>
      cte
        .updateTable('accesses')
        .set(wishedAt(addMs(clock.now(), -60_000)))
        .where('id', 'in', (eb) => eb.selectFrom('page').select('page.id'))
        .where('removed_at', 'is', null)
        .returning('id'),
    )
    .selectNoFrom((eb) => [
      eb
        .selectFrom('page')
        .select((max) => max.fn.max('page.id').as('id'))
        .$asScalar()
        .as('last'),
      sql<number>`(select count(*) from wished)::int`.as('wished'),
    ])
    .executeTakeFirstOrThrow()
  await db.updateTable('endpoints').set({ wish_after: last }).where('id', '=', id).execute()
  if (wished > 0) await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
  return last !== null
}
