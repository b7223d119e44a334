import { type Database, sql } from '@vpn-kiosk/db'

/** Whether the database has the shop's schema with customers or plans, which a restore would delete. */
export async function isFilled(db: Database): Promise<boolean> {
  const kysely = db.getKysely()
  const found = await sql<{ is_there: boolean }>`
    select to_regclass('public.customers') is not null as is_there`.execute(kysely)
  if (!found.rows[0]?.is_there) return false
  for (const table of ['customers', 'plans'] as const)
    if (await kysely.selectFrom(table).select('id').limit(1).executeTakeFirst()) return true
  return false
}
