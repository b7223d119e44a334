import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** Starts a real process with an IPC channel, as PM2 does. */
function start(way: string, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'process-under-test.ts'), way], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  return { child, output: () => output, messages: () => readMessages(output) }
}

const readMessages = (output: string) =>
  output.split('\n').flatMap((line) => (line.startsWith('{') ? [String(JSON.parse(line).msg)] : []))

async function exitStatus(child: ChildProcess): Promise<number | null> {
  const [code] = await once(child, 'close')
  return code
}

async function printed(run: ReturnType<typeof start>, text: string): Promise<void> {
  while (!run.output().includes(text)) await once(run.child.stdout!, 'data')
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s drains in reverse order and ends with 0', async (signal) => {
  const run = start('works')
  const [message] = await once(run.child, 'message')
  expect(message).toBe('ready')
  run.child.kill(signal)
  expect(await exitStatus(run.child)).toBe(0)
  expect(run.messages()).toEqual(['web is ready', `${signal}: ending`, 'third drained', 'second drained', 'Ended'])
})

test('a second Ctrl-C, which npm sends along, does not cut the draining', async () => {
  const run = start('works')
  await once(run.child, 'message')
  run.child.kill('SIGINT')
  await printed(run, 'third drained')
  run.child.kill('SIGINT')
  expect(await exitStatus(run.child)).toBe(0)
  expect(run.messages()).toContain('second drained')
})

test('a process that still waits for a dependency ends at once and never says that it is ready', async () => {
  const run = start('waits')
  await printed(run, 'waiting')
  run.child.kill('SIGTERM')
  expect(await exitStatus(run.child)).toBe(0)
  expect(run.messages()).toEqual(['waiting', 'SIGTERM: ending', 'Ended'])
})

test('what does not end within 10 s is cut with 1', async () => {
  const run = start('hangs')
  await printed(run, 'hanging')
  run.child.kill('SIGTERM')
  expect(await exitStatus(run.child)).toBe(1)
  expect(run.messages().at(-1)).toBe('Still not done after 10 s: ended by force')
})

test('a wrong variable is one sentence without its value, and 2', async () => {
  const run = start('works', { HTTP_PORT: 'S3CRET' })
  expect(await exitStatus(run.child)).toBe(2)
  expect(run.output()).toBe('HTTP_PORT is not a port (0 to 65535).\n')
})

test('a setting found wrong while starting closes what was opened, and 2', async () => {
  const run = start('is misconfigured')
  expect(await exitStatus(run.child)).toBe(2)
  expect(run.output()).toContain('CLIENT_BOT_TOKEN is not set.\n')
  expect(run.messages()).toEqual(['closed', 'Ended'])
})

test.each([
  ['breaks', 'broken pipe'],
  ['breaks later', 'nobody caught it'],
])('a process that %s says why, closes what was opened, and ends with 1', async (way, reason) => {
  const run = start(way)
  expect(await exitStatus(run.child)).toBe(1)
  expect(run.output()).toContain(reason)
  expect(run.messages().slice(-2)).toEqual(['closed', 'Ended'])
})
