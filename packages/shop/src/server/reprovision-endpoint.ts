import { type EntityManager, runStatement } from '@vpn-kiosk/db'
import { addMs, type EndpointId } from '@vpn-kiosk/domain'
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
  await runStatement(em, `update endpoints set wish_after = '' where id = any($1)`, [ids])
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
  const [endpoint] = await runStatement<{ wish_after: string | null }>(
    em,
    'select wish_after from endpoints where id = $1 for no key update',
    [id],
  )
  if (!endpoint || endpoint.wish_after === null) return false
  const [done] = await runStatement<{ last: string | null; wished: number }>(
    em,
    `with page as (
       select id from accesses where endpoint_id = $1 and id > $2 order by id limit ${page}
     ), wished as (
       update accesses set desired_revision = desired_revision + 1, attempts = 0, next_attempt_at = $3
       where id in (select id from page) and removed_at is null returning id
     )
     select (select max(id) from page) as last, (select count(*) from wished)::int as wished`,
    // The sweep takes accesses that have been due for a while: these are due at once.
    [id, endpoint.wish_after, addMs(clock.now(), -60_000)],
  )
  await runStatement(em, 'update endpoints set wish_after = $2 where id = $1', [id, done?.last ?? null])
  if (done && done.wished > 0) await queue.enqueue('sweep-accesses', {}, { transaction: em.getTransactionContext() })
  return done?.last != null
}
