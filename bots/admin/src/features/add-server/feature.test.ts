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
  expect(bot.lastScreen().text).toContain('does not look like an answer')
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
    host: 'panel.test',
    capacity: 250,
    driver: 'xui',
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

test('a panel that says no is told in its words; other credentials can be given, and nothing is saved', async () => {
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
  expect(bot.lastScreen().text).toContain('the password is &lt;wrong&gt;')
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
  expect(bot.lastScreen().text).toContain('does not look like an answer')
  await bot.text('wg.test')
  await bot.text('70000')
  expect(bot.lastScreen().text).toContain('SSH port')
  await bot.text('2222')
  await bot.text('Root User')
  expect(bot.lastScreen().text).toContain('log in as')
})
