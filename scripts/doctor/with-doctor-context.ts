import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { borrowDatabase, type Config, systemClock, withoutSecrets } from '@vpn-kiosk/app'
import { openDatabase } from '@vpn-kiosk/db'
import { describeError } from '../command-line/describe-error.ts'
import type { DoctorContext } from './finding.ts'

const poolSize = 4
const closeLimitMs = 5_000

/** Opens the shop for the checks, with its database when that can be opened. Creates nothing that is missing. */
export async function withDoctorContext<T>(config: Config, work: (context: DoctorContext) => Promise<T>): Promise<T> {
  const opened = await open(config)
  try {
    return await work({ config, clock: systemClock, database: opened.state })
  } finally {
    // A query that hangs keeps its connection, and `close` would wait for it for ever.
    await Promise.race([opened.close(), delay(closeLimitMs)])
  }
}

async function open(config: Config): Promise<{ state: DoctorContext['database']; close(): Promise<void> }> {
  if (config.database.kind === 'embedded' && !existsSync(join(config.database.directory, 'data'))) {
    return closed('there is none yet (DATABASE_URL is not set, and the embedded one was never started)')
  }
  try {
    const borrowed = await borrowDatabase(config.database)
    const db = await openDatabase(borrowed.url, poolSize)
    const close = async () => {
      await db.close()
      await borrowed.release()
    }
    return { state: { kind: 'open', db }, close }
  } catch (error) {
    return closed(`does not answer: ${withoutSecrets(describeError(error))}`)
  }
}

const closed = (reason: string) => ({ state: { kind: 'closed' as const, reason }, close: async () => undefined })
