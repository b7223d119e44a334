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
    const [row] = await database.db
      .em()
      .execute<{ number: string; version: string }[]>(
        `select current_setting('server_version_num') as number, current_setting('server_version') as version`,
      )
    const version = row?.version.split(' ')[0]
    if (Math.floor(Number(row?.number) / 10_000) < LEAST_MAJOR) {
      return [wrong(name, `Postgres ${version} is too old`, `update it to ${LEAST_MAJOR} or later`)]
    }
    return [fine(name, `Postgres ${version}${config.database.kind === 'embedded' ? ', embedded' : ''}`)]
  },
}
