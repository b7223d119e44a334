import { ConfigError } from './config-error.ts'
import { serveDatabase } from './reach-database.ts'
import { runProcess } from './run-process.ts'

await runProcess('database', async ({ config, signal, onStop, fail }) => {
  if (config.database.kind === 'url') {
    throw new ConfigError('DATABASE_URL is set: there is no embedded database to serve.')
  }
  const postgres = await serveDatabase(config.database.directory)
  onStop('Postgres', postgres.close)
  void postgres.exited.then(() => {
    if (!signal.aborted) fail(new Error('Postgres ended by itself; see postgres.log beside its data'))
  })
})
