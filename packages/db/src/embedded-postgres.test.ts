import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

/** A folder that other users may enter, as on most servers. */
async function newDirectory(mode = 0o755): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-embedded-'))
  await chmod(directory, mode)
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }))
  return join(directory, 'postgres')
}

async function start(directory: string): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ directory, settings: ['fsync=off'] })
  onTestFinished(() => postgres.close())
  return postgres
}

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return Object.values((await client.query({ text: sql })).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** Starts a process that serves the directory and prints the address of its database. */
async function startInChild(directory: string): Promise<{ child: ChildProcess; url: string }> {
  const module = join(import.meta.dirname, 'embedded-postgres.ts')
  const source = `const { startEmbeddedPostgres } = await import(${JSON.stringify(module)})
    console.log((await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} })).url)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [chunk] = await once(child.stdout!, 'data')
  return { child, url: String(chunk).trim() }
}

test('a database that stops and starts keeps its data and its address', async () => {
  const directory = await newDirectory()
  const first = await start(directory)
  await query(first.url, 'create table kept as select 42 as answer')
  await first.close()
  await first.close()
  const second = await start(directory)
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'select answer from kept')).toBe(42)
})

test('Cyrillic has lower case without any locale on the machine, the time zone is UTC, only this machine is served', async () => {
  const { url } = await start(await newDirectory())
  expect(await query(url, "select lower('ПРИВЕТ')")).toBe('привет')
  expect(await query(url, 'show timezone')).toBe('UTC')
  expect(await query(url, 'show listen_addresses')).toBe('127.0.0.1')
})

test('a connection needs the password, and only the owner can read the password file', async () => {
  const directory = await newDirectory()
  const { url } = await start(directory)
  const wrong = new URL(url)
  wrong.password = 'guess'
  await expect(query(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  expect((await stat(join(directory, 'password'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(directory, 'data'))).mode & 0o777).toBe(0o700)
})

test('a directory that a living process serves is refused', async () => {
  const directory = await newDirectory()
  const { child, url } = await startInChild(directory)
  await expect(startEmbeddedPostgres({ directory })).rejects.toThrow(`already served by process ${child.pid}`)
  expect(await query(url, 'select 1')).toBe(1)
})

test('a process takes over the directory of a killed one (kill -9), with all committed data', async () => {
  const directory = await newDirectory()
  const { child, url } = await startInChild(directory)
  await query(url, 'create table kept as select 42 as answer')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const next = await start(directory)
  expect(await query(next.url, 'select answer from kept')).toBe(42)
})

test('stale files with the pid of another process do not prevent a start, and that process is not killed', async () => {
  const directory = await newDirectory()
  await (await start(directory)).close()
  const stranger = spawn('sleep', ['60'])
  onTestFinished(() => void stranger.kill())
  await writeFile(join(directory, 'data', 'postmaster.pid'), `${stranger.pid}\n${directory}/data\n`)
  await writeFile(join(directory, 'owner.pid'), `${stranger.pid}\nanother-boot 1234\n`)
  const { url } = await start(directory)
  expect(await query(url, 'select 1')).toBe(1)
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
})

test('a free port replaces the former one when another process has taken it', async () => {
  const directory = await newDirectory()
  await (await start(directory)).close()
  const port = Number(await readFile(join(directory, 'port'), 'utf8'))
  const squatter = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await once(squatter, 'listening')
  const { url } = await start(directory)
  expect(new URL(url).port).not.toBe(String(port))
  expect(await query(url, 'select 1')).toBe(1)
})

test('an interrupted first start does not prevent the next one', async () => {
  const directory = await newDirectory()
  await (await start(directory)).close()

  await rename(join(directory, 'data'), join(directory, 'data.unfinished'))
  const { url } = await start(directory)
  expect(await query(url, 'select 1')).toBe(1)
})

test('a folder that only its owner may enter, such as /root, works too', async () => {
  const directory = await newDirectory(0o700)
  await (await start(directory)).close()
  const again = await start(directory)
  expect(await query(again.url, 'select 1')).toBe(1)
  expect((await stat(join(directory, 'data'))).uid).toBe(process.getuid?.())
})
