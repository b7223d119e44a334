import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const setup = join(import.meta.dirname, 'setup.mjs')
/** With a token, so that `start` means the shop and not the demo. */
const run = (...words: string[]) => runWith({ CLIENT_BOT_TOKEN: 'one' }, ...words)
const runWith = (variables: Readonly<Record<string, string>>, ...words: string[]) =>
  promisify(execFile)(process.execPath, [setup, ...words], {
    env: { ...process.env, ...variables },
    timeout: 20_000,
  }).then(
    ({ stdout }) => ({ status: 0, stdout }),
    ({ code, stdout }) => ({ status: code as number, stdout: stdout as string }),
  )

const commands = ['setup', 'start', 'demo', 'stop', 'status', 'logs', 'test', 'check', 'bench', 'migrate', 'run']
commands.push('setup:proofs', 'service:install', 'service:remove')

test.each(commands)('%s answers --help and does nothing else', async (name) => {
  const { status, stdout } = await run(name, '--help')
  expect(status).toBe(0)
  expect(stdout).toMatch(/npm (run |start|test)/)
  expect(stdout).not.toContain('✓')
})

test.each(['stop', 'start', 'status', 'logs', 'check', 'setup', 'setup:proofs', 'service:install', 'service:remove'])(
  '%s answers a flag that it does not know with a sentence, and does nothing else',
  async (name) => {
    expect(await run(name, '--bogus')).toEqual({
      status: 2,
      stdout: `✗ "--bogus" is not understood: npm run ${name} -- --help says what is.\n`,
    })
  },
)

test('an unknown command and an unknown script are named', async () => {
  expect(await run('stopp')).toMatchObject({ status: 2, stdout: expect.stringContaining('"stopp"') })
  expect(await run('run', 'stopp')).toMatchObject({ status: 2, stdout: expect.stringContaining('"stopp"') })
})

test('the unit that starts the shop with the machine is one that systemd understands', async (context) => {
  const { stdout } = await run('service:install', '--print')
  expect(stdout).toMatch(/^Restart=on-failure$/m)
  expect(stdout).toMatch(/^After=network-online.target postgresql.service/m)
  expect(stdout).toMatch(/^StartLimitIntervalSec=0$/m)
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-unit-'))
  const file = join(folder, 'vpn-kiosk.service')
  await writeFile(file, stdout)
  const verified = await promisify(execFile)('systemd-analyze', ['verify', file]).catch((error) => error)
  await rm(folder, { recursive: true })
  context.skip(verified.code === 'ENOENT', 'no systemd-analyze on this machine')
  // It ends with 0 although a line is wrong: any word about our unit is a fault.
  expect(`${verified.stdout}${verified.stderr}`.split('\n').filter((line) => line.includes('vpn-kiosk'))).toEqual([])
})

test('start opens no demo beside the database of a shop whose tokens are gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'postgres', 'data'), { recursive: true })
  const bare = { CLIENT_BOT_TOKEN: '', SUPPORT_BOT_TOKEN: '', ADMIN_BOT_TOKEN: '', DATA_DIRECTORY: folder }
  const { status, stdout } = await runWith(bare, 'start')
  expect(stdout).toMatch(/✗ No bot token is set, but .*put the tokens back into \.env.*npm run demo/)
  expect(status).toBe(1)
})
