import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { choosePort } from './port.ts'

async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-port-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

test('a database that starts again in the same process keeps its port', async () => {
  const directory = await openDirectory()
  const port = await choosePort(directory)
  expect(await choosePort(directory)).toBe(port)
})

test('a new port replaces one that another process has taken, and is kept from then on', async () => {
  const directory = await openDirectory()
  const port = await choosePort(directory)
  const other = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const next = await choosePort(directory)
  expect(next).not.toBe(port)
  expect(await choosePort(directory)).toBe(next)
})
