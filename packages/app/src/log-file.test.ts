import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLogFile } from './log-file.ts'
import { createLogger } from './logger.ts'

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vpn-kiosk-log-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'logs')
}

test('a log is readable for its owner alone, begins anew when it is full and keeps so many', () => {
  const folder = newFolder()
  const log = openLogFile({ path: join(folder, 'jobs.log'), maxBytes: 100, keep: 2 })
  for (let number = 10; number < 60; number++) log.write(`line ${number}\n`)
  expect(readdirSync(folder).sort()).toEqual(['jobs.log', 'jobs.log.1', 'jobs.log.2'])
  for (const name of readdirSync(folder)) {
    const { size, mode } = statSync(join(folder, name))
    expect(size).toBeLessThanOrEqual(100)
    expect(mode & 0o777).toBe(0o600)
  }
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(readFileSync(join(folder, 'jobs.log'), 'utf8')).toMatch(/line 59\n$/)
})

test('goes on with what a process before wrote', () => {
  const path = join(newFolder(), 'jobs.log')
  openLogFile({ path, maxBytes: 100, keep: 1 }).write('before\n')
  openLogFile({ path, maxBytes: 100, keep: 1 }).write('after\n')
  expect(readFileSync(path, 'utf8')).toBe('before\nafter\n')
})

test('a full disk loses lines and nothing else: when there is room again the log says how many', () => {
  const path = join(newFolder(), 'jobs.log')
  let room = 30
  const destination = openLogFile({ path, maxBytes: 10_000, keep: 1 }, (fd, bytes) => {
    if (room === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    const written = writeSync(fd, bytes, 0, Math.min(room, bytes.length))
    room -= written
    return written
  })
  const logger = createLogger({ name: 'jobs', level: 'info', destination })
  for (const message of ['torn', 'lost', 'lost too']) logger.info(message)
  room = 10_000
  logger.info('there is room')
  logger.info('again')
  const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { msg: 'Log lines were lost', lost: 3 },
    { msg: 'there is room' },
    { msg: 'again' },
  ])
})

test('a folder that went away and came back is written to again', () => {
  const folder = newFolder()
  const path = join(folder, 'jobs.log')
  const log = openLogFile({ path, maxBytes: 20, keep: 1 })
  log.write('a line of some length\n')
  rmSync(folder, { recursive: true })
  log.write('this one is lost, for the folder is gone\n')
  openLogFile({ path, maxBytes: 20, keep: 1 })
  log.write('here again\n')
  expect(readFileSync(path, 'utf8')).toContain('here again')
})
