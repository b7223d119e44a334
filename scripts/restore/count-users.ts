import { type Database, sql } from '@vpn-kiosk/db'

/** Counts the other connections to this database: the processes of a running shop, or somebody's console. */
export async function countUsers(db: Database): Promise<number> {
  const { rows } = await sql<{ users: number }>`
    select count(*)::int as users from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
    db.getKysely(),
  )
  return rows[0]?.users ?? 0
}
