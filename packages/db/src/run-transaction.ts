import type { MikroORM } from '@mikro-orm/postgresql'
import type { EntityManager } from './entity-manager.ts'

const deadlockTries = 3

/**
 * Runs `work` in one transaction on one connection and always returns the connection to the pool. MikroORM's own
 * `transactional` never returns a connection that breaks inside a transaction, so the pool would run out.
 */
export async function runTransaction<T>(orm: MikroORM, work: (em: EntityManager) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await runOnce(orm, work)
    } catch (error) {
      if (!isDeadlock(error) || tries === deadlockTries) throw error
    }
  }
}

async function runOnce<T>(orm: MikroORM, work: (em: EntityManager) => Promise<T>): Promise<T> {
  const em = orm.em.fork() as unknown as EntityManager
  let failure: { readonly error: unknown } | null = null
  try {
    return await em
      .getKysely()
      .transaction()
      .execute(async (transaction) => {
        em.setTransactionContext(transaction)
        try {
          const result = await work(em)
          await em.flush()
          return result
        } catch (error) {
          failure = { error }
          throw error
        }
      })
  } catch (error) {
    // A rollback on a broken connection fails too; the first error is thrown because it names the cause.
    throw failure ? (failure as { error: unknown }).error : error
  } finally {
    em.resetTransactionContext()
  }
}

/** SQLSTATE 40P01: Postgres chose this transaction as the victim of a deadlock. */
const isDeadlock = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '40P01'
