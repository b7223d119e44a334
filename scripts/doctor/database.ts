import { type Config, requiredProcesses } from '@vpn-kiosk/app'
import { type Check, fine, wrong } from './finding.ts'

const name = 'database'
const LEAST_MAJOR = 15

export const databaseCheck: Check = {
  name,
  examine: async ({ config, database }) => {
    if (database.kind === 'closed') {
      const advice =
        config.database.kind === 'url'
          ? 'check DATABASE_URL, and that Postgres runs and lets this machine in'
          : 'npm start makes and runs it; .data/postgres/postgres.log says what stopped it'
      return [wrong(name, database.reason, advice)]
    }
    const [row] = await database.db.em().execute<{ number: string; version: string; most: number }[]>(
      `select current_setting('server_version_num') as number, current_setting('server_version') as version,
           (current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int) as most`,
    )
    const version = row?.version.split(' ')[0]
    if (Math.floor(Number(row?.number) / 10_000) < LEAST_MAJOR) {
      return [wrong(name, `Postgres ${version} is too old`, `update it to ${LEAST_MAJOR} or later`)]
    }
    const wanted = leastConnections(config)
    if (row && row.most < wanted) {
      return [
        wrong(
          name,
          `it lets in ${row.most} connections, and the processes need ${wanted}`,
          'raise max_connections of the database',
        ),
      ]
    }
    return [fine(name, `Postgres ${version}${config.database.kind === 'embedded' ? ', embedded' : ''}`)]
  },
}

/** Each process works on one and takes work on another, which it keeps; `web` takes none, and one is for scripts. */
const leastConnections = (config: Config): number => requiredProcesses(config).length * 2
