import type { EndpointDiscovery } from '@vpn-kiosk/domain'
import type { EndpointDraft, NewServer } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'

const panel: EndpointDiscovery = {
  facts: { panel: '3.1.0' },
  choices: [
    { setting: 'inboundIds', value: '1', label: 'reality :443' },
    { setting: 'inboundIds', value: '4', label: 'ws :8443' },
  ],
  questions: [],
  problems: [],
  found: {},
}
const found = (discovery: EndpointDiscovery) => ({ kind: 'found' as const, discovery })
const added = {
  kind: 'added',
  serverId: 'srv_new1',
  health: { kind: 'up', version: '3.1.0', online: 0, cpuPercent: 1, memoryPercent: 1 },
} as const
const password = 'S3cret-Pa55'

async function describePlace(bot: ReturnType<typeof adminHarness>) {
  await bot.text('ams-1')
  await bot.text('nl Amsterdam')
  await bot.tap('250')
}

test('a panel is added by password: asked, discovered, chosen, confirmed, tested; the password leaves the chat', async () => {
  const drafts: EndpointDraft[] = []
  const addServer = vi.fn(async (_actor: unknown, _server: NewServer) => added)
  const bot = adminHarness({
    addServer,
    discoverEndpoint: async (_, draft) => {
      drafts.push(draft)
      return found(panel)
    },
  })
  await bot.command('servers')
  await bot.tap('Add a server')
  await bot.tap('3X-UI')
  await bot.text('garbage')
  expect(bot.lastScreen().text).toContain('is not an answer to this question')
  await bot.text('https://panel.test:2053/base/')
  await bot.tap('Password')
  await bot.text('admin')
  await bot.text(password)
  expect(bot.callsOf('deleteMessage')).toHaveLength(1)
  expect(drafts).toEqual([
    {
      driver: 'xui',
      settings: { url: 'https://panel.test:2053/base/', username: 'admin' },
      secrets: { password },
    },
  ])
  await bot.tap('reality')
  await bot.tap('ws :8443')
  await bot.tap('reality')
  await bot.tap('Done')
  await describePlace(bot)
  expect(bot.lastScreen().text).toContain('ws :8443')
  expect(addServer).not.toHaveBeenCalled()
  await bot.tap('Test and save')
  expect(addServer).toHaveBeenCalledWith(1n, {
    name: 'ams-1',
    country: 'NL',
    city: 'Amsterdam',
    cityTitles: { ru: 'Амстердам', en: 'Amsterdam' },
    host: 'panel.test',
    capacity: 250,
    driver: 'xui',
    requestId: expect.any(String),
    settings: { url: 'https://panel.test:2053/base/', username: 'admin', inboundIds: [4] },
    secrets: { password },
  })
  expect(bot.lastScreen().text).toContain('works!')
  expect(JSON.stringify(bot.calls)).not.toContain(password)
})

test('a WireGuard server: the fingerprint is confirmed before any secret is asked for or sent', async () => {
  const drafts: EndpointDraft[] = []
  const hostKey = `SHA256:${'a'.repeat(43)}`
  const addServer = vi.fn(async (_actor: unknown, _server: NewServer) => added)
  const bot = adminHarness({
    addServer,
    discoverEndpoint: async (_, draft) => {
      drafts.push(draft)
      return found(
        draft.settings.hostKey === undefined
          ? { facts: { hostKey, hostKeyType: 'ed25519' }, choices: [], questions: [], problems: [], found: { hostKey } }
          : {
              facts: { interface: 'wg0 :51820' },
              choices: [],
              questions: [],
              problems: [],
              found: { hostKey, endpointHost: 'wg.test', endpointPort: 51820 },
            },
      )
    },
  })
  await bot.forge('srv-add')
  await bot.tap('WireGuard')
  await bot.text('wg.test')
  await bot.tap('22')
  await bot.tap('root')
  expect(bot.lastScreen().text).toContain(hostKey)
  expect(drafts).toEqual([
    { driver: 'wireguard', settings: { host: 'wg.test', port: 22, username: 'root', sudo: false }, secrets: {} },
  ])
  await bot.tap('fingerprint is right')
  await bot.tap('SSH key')
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----'
  await bot.text(key)
  expect(bot.callsOf('deleteMessage')).toHaveLength(1)
  expect(drafts[1]).toMatchObject({ settings: { hostKey }, secrets: { privateKey: `${key}\n` } })
  await bot.tap('wg.test')
  await describePlace(bot)
  await bot.tap('Test and save')
  expect(addServer.mock.calls[0]?.[1]).toMatchObject({
    host: 'wg.test',
    settings: { hostKey, endpointHost: 'wg.test', endpointPort: 51820 },
    secrets: { privateKey: `${key}\n` },
  })
})

test('a panel that says no is told in words of ours; other credentials can be given, and nothing is saved', async () => {
  let answers = 0
  const bot = adminHarness({
    discoverEndpoint: async () => {
      answers += 1
      return answers === 1
        ? { kind: 'refused', code: 'wrong_credentials', reason: 'the password is <wrong>' }
        : found(panel)
    },
  })
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('API token')
  await bot.text('bad-token')
  expect(bot.lastScreen().text).toContain('The login, the password or the token is wrong')
  await bot.tap('Other credentials')
  await bot.tap('API token')
  await bot.text('good-token')
  expect(bot.lastScreen().text).toContain('Which inbounds')
})

test('a server that fails its test at the end is not announced, and can be tried again', async () => {
  let tries = 0
  const bot = adminHarness({
    discoverEndpoint: async () => found(panel),
    addServer: async () => {
      tries += 1
      return tries === 1 ? { kind: 'unreachable', code: 'timeout', reason: 'no answer in 15 s' } : added
    },
  })
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('API token')
  await bot.text('token')
  await bot.tap('reality')
  await bot.tap('Done')
  await describePlace(bot)
  await bot.tap('Test and save')
  expect(bot.lastScreen().text).toContain('Nothing was saved')
  await bot.tap('Try again')
  expect(bot.lastScreen().text).toContain('works!')
})

test('leaving by another button or a command forgets everything, and a secret sent afterwards is not taken for one', async () => {
  const bot = adminHarness({ discoverEndpoint: async () => found(panel) })
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('API token')
  await bot.command('menu')
  await bot.text('token')
  expect(bot.lastScreen().text).toContain('Running the shop')
  await bot.forge('wiz:save')
  expect(bot.lastScreen().text).toContain('forgotten')
})

test('answers that make no sense are asked for again', async () => {
  const bot = adminHarness({ discoverEndpoint: async () => found({ ...panel, choices: [] }) })
  await bot.forge('wiz-driver:wireguard')
  await bot.text('; rm -rf /')
  expect(bot.lastScreen().text).toContain('is not an answer to this question')
  await bot.text('wg.test')
  await bot.text('70000')
  expect(bot.lastScreen().text).toContain('SSH port')
  await bot.text('2222')
  await bot.text('Root User')
  expect(bot.lastScreen().text).toContain('log in as')
})

/** A panel by its token, up to the name. */
async function connectPanel(bot: ReturnType<typeof adminHarness>) {
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('API token')
  await bot.text('token')
  await bot.tap('reality')
  await bot.tap('Done')
}

test('every question has a way back to the one before, with what was answered there', async () => {
  const bot = adminHarness({ discoverEndpoint: async () => found(panel) })
  await connectPanel(bot)
  await bot.text('ams-1')
  await bot.tap('Amsterdam')
  expect(bot.lastScreen().text).toContain('How many accesses')
  const ways: string[] = []
  for (let step = 0; step < 7; step++) {
    await bot.tap('‹ Back')
    ways.push(bot.lastScreen().text.split('\n')[0] ?? '')
  }
  expect(ways).toEqual([
    '🌍 <b>Where is it?</b>',
    '🏷 <b>Name</b>',
    '🔌 <b>Which inbounds do we sell?</b>',
    '🔒 <b>API token</b>',
    '🔑 <b>How do we log in?</b>',
    "🔗 <b>The panel's address</b>",
    '➕ <b>A new server</b>',
  ])
})

test('a name that another server has is said when it is typed', async () => {
  const bot = adminHarness({
    discoverEndpoint: async () => found(panel),
    checkServerName: async (_, name) =>
      name === 'ams-1' ? { kind: 'name_taken', serverId: 'srv_ams1' } : { kind: 'free' },
  })
  await connectPanel(bot)
  await bot.text('ams-1')
  expect(bot.lastScreen().text).toContain('There is already a server with this name')
  await bot.text('ams-2')
  expect(bot.lastScreen().text).toContain('Where is it')
})

test('two presses of "test and save" at once add one server, and both screens say that it was saved', async () => {
  const requestIds = new Set<unknown>()
  const bot = adminHarness({
    discoverEndpoint: async () => found(panel),
    addServer: async (_, server) => {
      requestIds.add(server.requestId)
      return added
    },
  })
  await connectPanel(bot)
  await describePlace(bot)
  await Promise.all([bot.forge('wiz:save'), bot.forge('wiz:save')])
  await bot.forge('wiz:save')
  expect(requestIds.size).toBe(1)
  expect(bot.screens.filter(({ text }) => text.includes('works!'))).toHaveLength(3)
  expect(bot.screens.some(({ text }) => text.includes('forgotten'))).toBe(false)
})

test('a panel that customers could not dial is asked for the host that they can, and is looked at once more', async () => {
  const drafts: EndpointDraft[] = []
  const bot = adminHarness({
    discoverEndpoint: async (_, draft) => {
      drafts.push(draft)
      const isOpen = draft.settings.publicHost === undefined
      return found({ ...panel, questions: isOpen ? [{ setting: 'publicHost', suggestion: null }] : [] })
    },
    addServer: async () => added,
  })
  await bot.forge('wiz-driver:xui')
  await bot.text('http://127.0.0.1:2053/')
  await bot.tap('API token')
  await bot.text('token')
  await bot.tap('reality')
  await bot.tap('Done')
  expect(bot.lastScreen().text).toContain('cannot be reached from outside')
  await bot.text('vpn.example.com')
  expect(drafts.at(-1)?.settings).toMatchObject({ publicHost: 'vpn.example.com', inboundIds: [1] })
  expect(bot.lastScreen().text).toContain('Name')
})

test('a server that could not be dialed is not said to work, though its panel answers', async () => {
  const problems = [{ code: 'inbound_not_dialable' as const, detail: 'reality :443 → vpn.example.com:443' }]
  const bot = adminHarness({
    discoverEndpoint: async () => found({ ...panel, problems }),
    addServer: async () => added,
  })
  await bot.forge('wiz-driver:xui')
  await bot.text('http://127.0.0.1:2053/')
  await bot.tap('API token')
  await bot.text('token')
  await bot.tap('reality')
  await bot.tap('Done')
  await bot.text('vpn.example.com')
  await describePlace(bot)
  await bot.tap('Test and save')
  expect(bot.lastScreen().text).toContain('could not be reached from here')
  expect(bot.lastScreen().text).not.toContain('works!')
})

test('a self-signed certificate is confirmed by its fingerprint, a one-time code is asked for only where it is needed', async () => {
  const drafts: EndpointDraft[] = []
  const fingerprint = 'ab'.repeat(32)
  const bot = adminHarness({
    discoverEndpoint: async (_, draft) => {
      drafts.push(draft)
      if (draft.settings.pinnedCertificate === undefined)
        return { kind: 'unreachable', reason: 'self-signed', code: 'tls_self_signed', fingerprint }
      if (draft.secrets.twoFactorSecret === undefined)
        return { kind: 'refused', reason: 'code', code: 'two_factor_needed' }
      return found(panel)
    },
  })
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('Password')
  await bot.text('admin')
  await bot.text(password)
  expect(bot.lastScreen().text).toContain('AB:AB:AB')
  await bot.tap('fingerprint is right')
  expect(bot.lastScreen().text).toContain('one-time codes')
  await bot.text('not a seed 189')
  expect(bot.lastScreen().text).toContain('is not an answer to this question')
  await bot.text('jbsw y3dp ehpk 3pxp')
  expect(bot.lastScreen().text).toContain('Which inbounds')
  expect(drafts.at(-1)).toMatchObject({
    settings: { pinnedCertificate: fingerprint },
    secrets: { password, twoFactorSecret: 'JBSWY3DPEHPK3PXP' },
  })
  expect(JSON.stringify(bot.calls)).not.toMatch(/JBSWY3DP|S3cret/i)
})

test('what is wrong with inbounds is said in words before they are chosen', async () => {
  const problems = [{ code: 'inbound_off' as const, detail: 'ws :8443' }]
  const bot = adminHarness({ discoverEndpoint: async () => found({ ...panel, problems }) }, { language: 'ru' })
  await bot.forge('wiz-driver:xui')
  await bot.text('panel.test')
  await bot.tap('API-токен')
  await bot.text('token')
  expect(bot.lastScreen().text).toContain('<b>ws :8443</b>: Подключение выключено на панели')
})

test('a city that nobody knows is asked for in the other language; a known one is known by any of its names', async () => {
  const addServer = vi.fn(async (_actor: unknown, _server: NewServer) => added)
  const bot = adminHarness({ discoverEndpoint: async () => found(panel), addServer })
  await connectPanel(bot)
  await bot.text('ams-1')
  await bot.text('Uryupinsk')
  expect(bot.lastScreen().text).toContain('is not an answer to this question')
  await bot.text('ru Uryupinsk')
  expect(bot.lastScreen().text).toContain('written in Russian')
  await bot.text('Урюпинск')
  await bot.tap('100')
  await bot.tap('Test and save')
  expect(addServer.mock.calls[0]?.[1]).toMatchObject({
    country: 'RU',
    city: 'Uryupinsk',
    cityTitles: { ru: 'Урюпинск', en: 'Uryupinsk' },
  })
  await connectPanel(bot)
  await bot.text('ams-2')
  await bot.text('нью йорк')
  expect(bot.lastScreen().text).toContain('How many accesses')
})

test('a panel that is there already is refused with the name of the server that has it', async () => {
  const bot = adminHarness({
    discoverEndpoint: async () => found(panel),
    addServer: async () => ({ kind: 'same_panel', serverId: 'srv_old1', serverName: 'ams-old' }),
  })
  await connectPanel(bot)
  await describePlace(bot)
  await bot.tap('Test and save')
  expect(bot.lastScreen().text).toContain('This is ams-old')
})

test('another way in is added to a server without describing the place again', async () => {
  const addEndpoint = vi.fn(async () => ({
    kind: 'added' as const,
    endpointId: 'end_new1' as const,
    health: added.health,
  }))
  const bot = adminHarness({ discoverEndpoint: async () => found(panel), addEndpoint })
  await bot.forge('srv-edit:ams1')
  await bot.tap('Another way in')
  await bot.tap('3X-UI')
  await bot.text('panel.test')
  await bot.tap('API token')
  await bot.text('token')
  await bot.tap('ws :8443')
  await bot.tap('Done')
  expect(bot.lastScreen().text).toContain('Another way in on <b>ams-1</b>')
  await bot.tap('Test and save')
  expect(addEndpoint).toHaveBeenCalledWith(1n, 'srv_ams1', {
    driver: 'xui',
    settings: { url: 'https://panel.test', inboundIds: [4] },
    secrets: { token: 'token' },
    requestId: expect.any(String),
  })
  expect(bot.lastScreen().text).toContain('has another way in')
})
