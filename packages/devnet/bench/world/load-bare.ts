import type { EntityManager } from '@vpn-kiosk/db'

interface Dropped {
  readonly drop: string
  readonly create: string
}

/**
 * Runs `load` while these tables have no keys, indexes or triggers, and builds all of them again after it: many times
 * faster than keeping them up row by row. In the caller's transaction; needs a superuser.
 */
export async function loadBare(em: EntityManager, tables: readonly string[], load: () => Promise<void>): Promise<void> {
  const names = tables.map((table) => `'${table}'::regclass`).join(', ')
  await em.execute('set local session_replication_role = replica')
  await em.execute(`set local maintenance_work_mem = '512MB'`)
  const foreign = await em.execute<Dropped[]>(
    constraints(`c.contype = 'f' and (c.conrelid in (${names}) or c.confrelid in (${names}))`),
  )
  const keys = await em.execute<Dropped[]>(constraints(`c.contype in ('p', 'u') and c.conrelid in (${names})`))
  for (const { drop } of [...foreign, ...keys]) await em.execute(drop)
  const indexes = await em.execute<Dropped[]>(
    `select 'drop index ' || indexrelid::regclass as drop, pg_get_indexdef(indexrelid) as create from pg_index where indrelid in (${names})`,
  )
  for (const { drop } of indexes) await em.execute(drop)
  await load()
  for (const { create } of [...keys, ...indexes, ...foreign]) await em.execute(create)
}

const constraints = (which: string): string => `
  select format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
    format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as create
  from pg_constraint c where ${which}`
