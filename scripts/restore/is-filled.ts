import type { Database } from '@vpn-kiosk/db'

/** Whether there is anything to lose: a schema of ours with customers or plans in it. */
export async function isFilled(db: Database): Promise<boolean> {
  const em = db.em()
  const [table] = await em.execute<{ present: boolean }[]>(
    `select to_regclass('public.customers') is not null as present`,
  )
  if (!table?.present) return false
  return (await em.execute('select 1 from customers union all select 1 from plans limit 1')).length > 0
}
