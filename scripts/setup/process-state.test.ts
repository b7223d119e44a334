import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

type LastError = (one: {
  pm2_env: { exit_code: number; pm_err_log_path: string; created_at: number | null; pm_uptime: number }
}) => string

const { lastError }: { lastError: LastError } = await import(join(import.meta.dirname, 'process-state.mjs'))

const startedAt = Date.parse('2026-03-01T12:00:00Z')

/** What is said of a process that was started at `startedAt` and whose log ends with these fatal lines. */
async function readLastError(lines: ReadonlyArray<readonly [time: string, message: string]>, changes = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-log-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const written = lines.map(([time, message]) => JSON.stringify({ level: 60, time, err: { message } }))
  await writeFile(join(folder, 'web.log'), `${written.join('\n')}\n`)
  const state = { exit_code: 1, pm_err_log_path: join(folder, 'web.error.log'), created_at: startedAt }
  return lastError({ pm2_env: { ...state, pm_uptime: startedAt, ...changes } })
}

const taken = 'Another program listens on 127.0.0.1:18081'

test('a fatal line of a start before this one is not given as the cause', async () => {
  expect(await readLastError([['2026-03-01T11:59:59.999Z', taken]])).toBe('')
})

test('a fatal line since this start is, though the process has been tried again after it', async () => {
  const lines = [
    ['2026-03-01T11:00:00.000Z', 'an old one'],
    ['2026-03-01T12:00:01.000Z', taken],
  ] as const
  expect(await readLastError(lines, { pm_uptime: startedAt + 5_000 })).toBe(taken)
})

test('where PM2 has forgotten when it made the process, the last try counts', async () => {
  expect(await readLastError([['2026-03-01T11:59:00.000Z', taken]], { created_at: null })).toBe('')
  expect(await readLastError([['2026-03-01T12:00:00.000Z', taken]], { created_at: null })).toBe(taken)
})
