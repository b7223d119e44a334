import { type Database, sql } from '@vpn-kiosk/db'

/** Whether there is anything to lose: a schema of ours with customers or plans in it. */
export async function isFilled(db: Database): Promise<boolean> {
  const kysely = db.getKysely()
  const found = await sql<{ is_there: boolean }>`
    select to_regclass('public.customers') is not null as is_there`.execute(kysely)
  if (!found.rows[0]?.is_there) return false
  for (const table of ['customers', 'plans'] as const)
    if (await kysely.selectFrom(table).select('id').limit(1).executeTakeFirst()) return true
  return false
}
