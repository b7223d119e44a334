import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EndpointEntity, ServerEntity } from '@vpn-kiosk/db'
import { createVault } from '@vpn-kiosk/shop'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { cast } from '../src/cast.ts'
import { startWireguardSimulator, type WireguardSimulator } from '../src/panels/wireguard/start-wireguard-simulator.ts'
import { type Ended, runOperatorScript } from './run-operator-script.ts'
import { openStory, type Story } from './story.ts'

let story: Story
let folder: string
let environment: Record<string, string>
const printed: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vpn-kiosk-scripts-'))
  story = await openStory(inject('postgresUrl'), { withJobs: false })
  environment = { ...story.devnet.environment, DATA_DIRECTORY: folder }
})
afterAll(async () => {
  await story.end()
  await rm(folder, { recursive: true, force: true })
})

async function run(name: string, parameters: readonly string[], changes: Record<string, string> = {}, stdin = '') {
  const ended = await runOperatorScript(name, parameters, { environment: { ...environment, ...changes }, stdin })
  printed.push(ended.stdout, ended.stderr)
  return ended
}

interface Finding {
  check: string
  status: string
  message: string
  advice: string | null
}

/** What the doctor finds wrong, by check. */
async function findWrong(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  const ended = await run('doctor', ['--json'], changes)
  const findings: Finding[] = JSON.parse(ended.stdout)
  const wrong = findings.filter(({ status }) => status === 'wrong')
  expect(ended.status).toBe(wrong.length > 0 ? 1 : 0)
  for (const { advice } of wrong) expect(advice).toBeTruthy()
  return Object.fromEntries(wrong.map(({ check, message }) => [check, message]))
}

describe('doctor', () => {
  test('finds nothing wrong with a shop that works', async () => {
    expect(await run('backup', [])).toMatchObject({ status: 0 })
    const ended = await run('doctor', [])
    expect(ended.stdout).not.toContain('✗')
    expect(ended.status).toBe(0)
    for (const line of [
      '✓ client bot: @kiosk_vpn_bot, polling',
      '✓ support group: "VPN Kiosk · Support", topics on, @kiosk_support_bot manages them',
      '✓ server ams-1 (xui): version 3.6.0',
      '✓ server fra-1 (wireguard): version',
      '✓ payments yookassa: the keys work',
      '✓ payments cryptobot: the keys work',
      '✓ payments wata: the keys work',
      '✓ payments coingate: the keys work',
      '✓ migrations: all applied',
      '✓ secret key: opens the stored secrets',
      '✓ plans: month, quarter, year',
      '✓ backup: 0 h old',
      `✓ public url: ${story.devnet.webUrl}/health answers`,
      '– redis: REDIS_URL is not set',
    ])
      expect(ended.stdout).toContain(line)
  })

  test('names each thing that is wrong, all at once', async () => {
    const wrong = await findWrong({
      CLIENT_BOT_TOKEN: '1000009:a-token-of-nobody-AAAAAAAAAAAAAAAAAAA',
      SECRET_KEY: randomBytes(32).toString('base64'),
      YOOKASSA_SECRET_KEY: 'test_wrong-key-of-nobody',
      REDIS_URL: 'redis://:hunter2@127.0.0.1:1',
      PUBLIC_URL: story.devnet.telegram.apiRoot,
    })
    expect(wrong).toMatchObject({
      'client bot': expect.stringContaining('does not know this token'),
      'secret key': 'does not open 2 of 2 stored secrets',
      'payments yookassa': expect.stringContaining('refuses'),
      // It works with the client bot's token.
      'payments stars': expect.stringContaining('refuses'),
      redis: expect.stringContaining('does not answer'),
      'public url': expect.stringContaining('answers 404'),
      'server ams-1 (xui)': expect.any(String),
      'server fra-1 (wireguard)': expect.any(String),
    })
    expect(Object.keys(wrong)).toHaveLength(8)
  })

  test.each([
    [200, 'degraded', '✓ public url: ADDRESS/health answers; web goes on without: redis'],
    [503, 'down', '✗ public url: web answers, but cannot reach: redis'],
  ])('reads a web whose health is %i %s', async (status, word, line) => {
    const web = createServer((_request, response) => {
      response.writeHead(status).end(JSON.stringify({ status: word, database: 'up', redis: 'down' }))
    })
    web.listen(0, '127.0.0.1')
    await once(web, 'listening')
    const address = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
    try {
      const { stdout } = await run('doctor', [], { PUBLIC_URL: address })
      expect(stdout).toContain(line.replace('ADDRESS', address))
    } finally {
      web.close()
    }
  })

  test('says that the support group is no forum, and what the bot may not do in it', async () => {
    const { people } = story.devnet.telegram
    const chat = cast.supportGroup
    const user = `@${cast.bots.support.username}`
    people.setForum({ chat, isForum: false })
    expect(await findWrong()).toEqual({ 'support group': '"VPN Kiosk · Support" is not a forum' })
    people.setForum({ chat, isForum: true })
    people.setMember({ chat, user, status: 'administrator', rights: ['can_pin_messages'] })
    expect(await findWrong()).toEqual({ 'support group': expect.stringContaining('may not manage topics') })
    people.setMember({ chat, user, status: 'member' })
    expect(await findWrong()).toEqual({ 'support group': expect.stringContaining('is no administrator') })
    people.setMember({ chat, user, status: 'administrator' })
    expect(await findWrong({ SUPPORT_GROUP_ID: '-1009999999999' })).toEqual({
      'support group': expect.stringContaining('chat not found'),
    })
  })

  test('names the server whose password was changed and the one that does not answer', async () => {
    const { app, wireguard, environment: world } = story.devnet
    const vault = createVault([{ id: 'k1', key: Buffer.from(world.SECRET_KEY ?? '', 'base64') }])
    const em = app.db.em()
    const panel = await em.findOneOrFail(EndpointEntity, { driver: 'xui' })
    await app.db
      .em()
      .nativeUpdate(
        EndpointEntity,
        { id: panel.id },
        { secrets: vault.seal({ password: 'old-secret' }, `endpoints.secrets:${panel.id}`) },
      )
    wireguard.setDown(true)
    try {
      expect(await findWrong()).toEqual({
        'server ams-1 (xui)': expect.stringContaining('refuses'),
        'server fra-1 (wireguard)': expect.stringContaining('no answer'),
      })
    } finally {
      wireguard.setDown(false)
      await app.db.em().nativeUpdate(EndpointEntity, { id: panel.id }, { secrets: panel.secrets })
    }
  })

  test('names the processes that do not run beside one that does', async () => {
    const { shop, db } = story.devnet.app
    const started = { host: 'one', version: '0', startedAt: new Date() }
    await shop.recordHeartbeat({ ...started, process: 'web', pid: 1 }, 'running')
    await shop.recordHeartbeat({ ...started, process: 'jobs', pid: 2 }, 'stopped')
    await db.em().execute(`insert into process_signs values
      ('client@one/3', 'client', 'one', 3, '0', 'running', now() - interval '1 day', now() - interval '5 minutes')`)
    try {
      expect(await findWrong()).toEqual({
        'process client': 'gave its last sign of life 5 min ago',
        'process support': 'never started',
        'process admin': 'never started',
        'process jobs': 'was stopped 1 min ago',
      })
    } finally {
      await db.em().execute('delete from process_signs')
    }
  })

  test('finds the webhook of another program', async () => {
    const { telegram } = story.devnet
    const token = '1000077:a-bot-that-nobody-runs-AAAAAAAAAAAAAA'
    telegram.addBot({ token, username: 'idle_bot', name: 'Idle' })
    await fetch(
      `${telegram.apiRoot}/bot${token}/setWebhook?url=${encodeURIComponent('https://other.example.com/hook')}`,
    )
    expect(await findWrong({ CLIENT_BOT_TOKEN: token })).toEqual({
      'client bot': expect.stringContaining('@idle_bot: a webhook to other.example.com takes its updates'),
    })
  })

  test('finds a clock that is wrong and a database that is not there, in a bounded time', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('date', 'Thu, 01 Jan 2026 00:00:00 GMT').writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const wrong = await findWrong({
        TELEGRAM_API_ROOT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        DATABASE_URL: 'postgresql://kiosk:hunter2@127.0.0.1:1/kiosk',
      })
      expect(wrong).toMatchObject({
        clock: expect.stringMatching(/^\d+ s ahead of Telegram's$/),
        database: expect.stringContaining('does not answer'),
      })
    } finally {
      server.close()
    }
  })
})

describe('add-server', () => {
  const place = ['--name', 'waw-1', '--country', 'pl', '--city', 'Warsaw', '--capacity', '100']
  const em = () => story.devnet.app.db.em()
  const count = () => em().count(ServerEntity, { name: 'waw-1' })
  /** A panel that no server of the shop has yet. */
  const spare = () => story.devnet.sparePanel
  const panel = () => ['xui', '--url', spare().url, '--username', spare().username]
  const sshd = ({ host, port }: WireguardSimulator) => ['wireguard', '--host', host, '--port', String(port)]
  const refusedWith = (ended: Ended, status: number, sentence: string) => {
    expect(ended.stderr).toContain(sentence)
    expect(ended.status).toBe(status)
  }

  afterEach(async () => {
    const server = await em().findOne(ServerEntity, { name: 'waw-1' })
    if (!server) return
    await em().nativeDelete(EndpointEntity, { serverId: server.id })
    await em().nativeDelete(ServerEntity, { id: server.id })
  })

  test('with a wrong password is refused and stores nothing', async () => {
    const parameters = [...panel(), ...place, '--inbounds', 'all', '--password-stdin']
    refusedWith(await run('add-server', parameters, {}, 'wrong-horse\n'), 1, 'the panel refused')
    expect(printed.join()).not.toContain('wrong-horse')
    expect(await count()).toBe(0)
  })

  test('adds a panel by its password from stdin, and takes the name once', async () => {
    const dialed = ['--host', 'waw-1.example.com']
    const parameters = [...panel(), ...dialed, ...place, '--inbounds', 'all', '--password-stdin', '--json']
    const ended = await run('add-server', parameters, {}, `${spare().password}\n`)
    expect(ended.status).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'added', health: { kind: 'up' } })
    const server = await em().findOneOrFail(ServerEntity, { name: 'waw-1' })
    expect(server).toMatchObject({ country: 'PL', city: 'Warsaw', host: 'waw-1.example.com', capacity: 100 })
    const { settings, secrets } = await em().findOneOrFail(EndpointEntity, { serverId: server.id })
    expect(settings).toMatchObject({ inboundIds: spare().inboundIds })
    expect(secrets).not.toContain(spare().password)

    const again = await run('add-server', parameters, { SERVER_PASSWORD: 'ignored' }, spare().password)
    expect(JSON.parse(again.stdout)).toEqual({ error: expect.stringContaining('exists already') })
    expect(await count()).toBe(1)
  })

  test('gives no tick to a panel whose inbounds customers cannot dial', async () => {
    const secret = `${spare().password}\n`
    const dialed = [...panel(), '--host', 'no-such-name.invalid', ...place, '--inbounds', 'all', '--password-stdin']
    const { status, stdout, stderr } = await run('add-server', dialed, {}, secret)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^! waw-1 is added, but .*\n! .*no-such-name\.invalid.*: inbound not dialable$/m)
    expect(stdout + stderr).not.toMatch(/✓| up\b/)
  })

  test('lists the inbounds with a token and saves nothing in a dry run, or when none was chosen', async () => {
    const url = ['xui', '--url', spare().url]
    const token = { SERVER_TOKEN: spare().token ?? '' }
    const dry = await run('add-server', [...url, '--dry-run', '--json'], token)
    expect(dry.status).toBe(0)
    const { kind, choices } = JSON.parse(dry.stdout)
    expect(kind).toBe('found')
    expect(choices.length).toBeGreaterThan(0)
    refusedWith(await run('add-server', [...url, ...place], token), 2, 'Missing: --public-host')
    const named = [...url, '--public-host', 'waw-1.example.com', ...place]
    refusedWith(await run('add-server', named, token), 2, choices[0].label)
    refusedWith(await run('add-server', [...named, '--inbounds', '999'], token), 2, '--inbounds must name')
    expect(await count()).toBe(0)
  })

  test('adds a WireGuard server only when its host key is the one that was named', async () => {
    const server = await startWireguardSimulator({ clock: createSimulatedClock() })
    try {
      const { hostKey } = server.config.settings as { hostKey: string }
      const keyFile = join(folder, 'id')
      await writeFile(keyFile, server.config.secrets.privateKey ?? '', { mode: 0o600 })
      const parameters = [...sshd(server), '--endpoint-host', 'waw-1.example.com', ...place, '--key-file', keyFile]
      refusedWith(await run('add-server', parameters), 2, hostKey)
      const other = `SHA256:${'A'.repeat(43)}`
      refusedWith(await run('add-server', [...parameters, '--host-key', other]), 1, 'not the key that --host-key names')
      expect(await count()).toBe(0)
      expect(await run('add-server', [...parameters, '--host-key', hostKey])).toMatchObject({ status: 0 })
      expect(await count()).toBe(1)
    } finally {
      await server.close()
    }
  })

  test('names all that is missing before it connects', async () => {
    refusedWith(await run('add-server', ['xui']), 2, 'Missing: --name, --country, --city, --capacity.')
    refusedWith(await run('add-server', []), 2, 'one of xui, wireguard')
  })
})

test('no script has printed a secret', () => {
  const { panel, wireguard, environment: world } = story.devnet
  const secrets = [
    ...Object.entries(world).flatMap(([name, value]) => (/TOKEN|SECRET|KEY/.test(name) ? [value] : [])),
    decodeURIComponent(new URL(world.DATABASE_URL ?? '').password),
    panel.password,
    panel.token ?? '',
    wireguard.config.secrets.privateKey ?? '',
    'hunter2',
    'old-secret',
    'a-token-of-nobody',
    'wrong-key-of-nobody',
  ]
  const everything = printed.join('\n')
  expect(everything.length).toBeGreaterThan(5_000)
  for (const secret of secrets) {
    expect(secret).not.toBe('')
    expect(everything).not.toContain(secret)
  }
})
