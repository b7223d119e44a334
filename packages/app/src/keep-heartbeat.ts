import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type ProcessName, signIntervalMs } from '@vpn-kiosk/domain'
import { projectDirectory } from './config.ts'
import type { App } from './create-app.ts'

/**
 * Writes to the database every 15 seconds that this process lives; `close` writes that it ended in order. While the
 * database is away heartbeats are missed, and nothing else.
 */
export async function keepHeartbeat(
  { shop, clock, logger }: Pick<App, 'shop' | 'clock' | 'logger'>,
  process: ProcessName,
  pid: number,
): Promise<{ close(): Promise<void> }> {
  const copy = { process, host: hostname(), pid, version: readVersion(), startedAt: clock.now() }
  const sign = async (state: 'running' | 'stopped') => {
    await shop
      .recordHeartbeat(copy, state)
      .catch((error: unknown) => logger.debug({ err: error }, 'No sign of life was left'))
  }
  await sign('running')
  let signing = Promise.resolve()
  const timer = setInterval(() => {
    signing = sign('running')
  }, signIntervalMs)
  return {
    close: async () => {
      clearInterval(timer)
      await signing
      await sign('stopped')
    },
  }
}

function readVersion(): string {
  return String(JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')).version)
}
