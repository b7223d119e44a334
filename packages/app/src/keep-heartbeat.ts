import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type ProcessName, signIntervalMs } from '@vpn-kiosk/domain'
import { projectDirectory } from './config.ts'
import type { App } from './create-app.ts'

const retryMs = 1000

/**
 * Writes to the database every 15 seconds that this process lives; `close` writes that it ended in order. While the
 * database is away heartbeats are missed, and nothing else; it is tried each second, so that the process counts as
 * running as soon as the database is back.
 */
export async function keepHeartbeat(
  { shop, clock, logger }: Pick<App, 'shop' | 'clock' | 'logger'>,
  process: ProcessName,
  pid: number,
): Promise<{ close(): Promise<void> }> {
  const copy = { process, host: hostname(), pid, version: readVersion(), startedAt: clock.now() }
  const sign = async (state: 'running' | 'stopped'): Promise<boolean> => {
    try {
      await shop.recordHeartbeat(copy, state)
      return true
    } catch (error) {
      logger.debug({ err: error }, 'No sign of life was left')
      return false
    }
  }
  let isClosed = false
  let timer: NodeJS.Timeout | undefined
  let signing = Promise.resolve()
  const signAndWait = async () => {
    const isWritten = await sign('running')
    if (!isClosed) timer = setTimeout(signNext, isWritten ? signIntervalMs : retryMs)
  }
  const signNext = () => {
    signing = signAndWait()
  }
  await signAndWait()
  return {
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await signing
      clearTimeout(timer)
      await sign('stopped')
    },
  }
}

function readVersion(): string {
  return String(JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')).version)
}
