import { join } from 'node:path'
import { type Config, requiredProcesses } from '@vpn-kiosk/app'
import { type Database, sql } from '@vpn-kiosk/db'
import { type Check, fine, wrong } from './finding.ts'

const name = 'database'
const leastMajor = 15

export const databaseCheck: Check = {
  name,
  examine: async ({ config, database }) => {
    if (database.kind === 'closed') {
      const advice =
        config.database.kind === 'url'
          ? 'check DATABASE_URL, and that Postgres runs and lets this machine in'
          : `npm start makes and runs it; ${join(config.database.directory, 'postgres.log')} says what stopped it`
      return [wrong(name, database.reason, advice)]
    }
    const { number, version: whole, most } = await readServer(database.db)
    const version = whole.split(' ')[0]
    if (Math.floor(Number(number) / 10_000) < leastMajor) {
      return [wrong(name, `Postgres ${version} is too old`, `update it to ${leastMajor} or later`)]
    }
    const wanted = leastConnections(config)
    if (most < wanted) {
      return [
        wrong(
          name,
          `it lets in ${most} connections, and the processes need ${wanted}`,
          'raise max_connections of the database',
        ),
      ]
    }
    return [fine(name, `Postgres ${version}${config.database.kind === 'embedded' ? ', embedded' : ''}`)]
  },
}

const readServer = (db: Database) =>
  db
    .getKysely()
    .selectNoFrom([
      sql<string>`current_setting('server_version_num')`.as('number'),
      sql<string>`current_setting('server_version')`.as('version'),
      sql<number>`current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int`.as(
        'most',
      ),
    ])
    .executeTakeFirstOrThrow()

/** Two for each process, for queries and for LISTEN. `web` takes no jobs, so its second one is left to scripts. */
const leastConnections = (config: Config): number => requiredProcesses(config).length * 2
