import { type App, createApp, createLogger, loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { Refusal } from '../command-line/failures.ts'
import { borrowNamedDatabase } from './borrow-named-database.ts'

export interface WithAppOptions {
  /** Where backups go instead of BACKUP_DIRECTORY. */
  readonly backupDirectory?: string | undefined
  /** True: the database may lack migrations. */
  readonly acceptsOldSchema?: boolean
}

/**
 * Opens the shop that the environment configures, passes it to `work` and closes it. When no process serves the
 * embedded database, this one serves it meanwhile.
 */
export async function withApp<T>(work: (app: App) => Promise<T>, options: WithAppOptions = {}): Promise<T> {
  const read = readConfig(loadEnvironment())
  const config = {
    ...read,
    // Scripts need no Redis: they use neither sessions nor rate limits.
    redis: { kind: 'memory' as const },
    directories: { ...read.directories, backups: options.backupDirectory ?? read.directories.backups },
  }
  const borrowed = await borrowNamedDatabase(config.database)
  try {
    const app = await createApp({ config, databaseUrl: borrowed.url, logger: errorsOnly(), poolSize: 4 })
    try {
      if (!options.acceptsOldSchema) await assertMigrated(app)
      return await work(app)
    } finally {
      await app.close()
    }
  } finally {
    await borrowed.release()
  }
}

async function assertMigrated({ db }: App): Promise<void> {
  const pending = await db.pendingMigrations()
  if (pending.length > 0) {
    throw new Refusal(`The database lacks ${pending.length} migrations: npm run migrate applies them.`)
  }
}

/** Logs go to stderr, because stdout is for the result. */
export const errorsOnly = () =>
  createLogger({ name: 'script', level: 'error', destination: { write: (line) => void process.stderr.write(line) } })
