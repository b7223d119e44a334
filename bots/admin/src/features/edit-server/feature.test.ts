import type { EndpointChange, ServerChange } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { amsterdam, panelCard } from '../../testing/fake-shop.ts'

const updating = () =>
  vi.fn(async (_actor: unknown, _id: unknown, _change: ServerChange) => ({ kind: 'updated' as const }))
const up = { kind: 'up', version: '3.6', online: 0, cpuPercent: 1, memoryPercent: 1 } as const
const changing = () =>
  vi.fn(async (_actor: unknown, _id: unknown, _change: EndpointChange) => ({ kind: 'updated' as const, health: up }))

test('a field is asked for with its value, changed, and said to be changed', async () => {
  const updateServer = updating()
  const bot = adminHarness({ updateServer })
  await bot.forge('srv:ams1')
  await bot.tap('Edit')
  expect(bot.lastScreen().text).toContain('up to 100 accesses')
  await bot.tap('Capacity')
  expect(bot.lastScreen().text).toContain('Now: <code>100</code>')
  await bot.text('many')
  expect(bot.lastScreen().text).toContain('is not an answer to this question')
  await bot.text('250')
  expect(updateServer).toHaveBeenCalledWith(1n, amsterdam.id, { capacity: 250 })
  expect(bot.lastScreen().text).toContain('The capacity is changed')
})

test.each([
  ['Name', 'ams-9', { name: 'ams-9' }],
  ['Address', 'ams.example', { host: 'ams.example' }],
  ['Place in lists', '3', { position: 3 }],
] as const)('%s is changed', async (button, text, change) => {
  const updateServer = updating()
  const bot = adminHarness({ updateServer })
  await bot.forge('srv-edit:ams1')
  await bot.tap(button)
  await bot.text(text)
  expect(updateServer).toHaveBeenCalledWith(1n, amsterdam.id, change)
})

test('a name that is taken is said and asked for again', async () => {
  const bot = adminHarness({ updateServer: async () => ({ kind: 'name_taken' }) })
  await bot.forge('srv-edit:ams1')
  await bot.tap('Name')
  await bot.text('fra-1')
  expect(bot.lastScreen().text).toContain('There is already a server with this name')
  await bot.text('fra-1')
  expect(bot.lastScreen().text).toContain('There is already a server with this name')
})

test('a city is chosen by a button, or written in both languages', async () => {
  const updateServer = updating()
  const bot = adminHarness({ updateServer })
  await bot.forge('srv-edit:ams1')
  await bot.tap('City')
  await bot.tap('Frankfurt')
  const frankfurt = { country: 'DE', city: 'Frankfurt', cityTitles: { ru: 'Франкфурт', en: 'Frankfurt' } }
  expect(updateServer).toHaveBeenLastCalledWith(1n, amsterdam.id, frankfurt)
  await bot.tap('City')
  await bot.text('ru Uryupinsk')
  expect(bot.lastScreen().text).toContain('written in Russian')
  await bot.text('Урюпинск')
  const uryupinsk = { country: 'RU', city: 'Uryupinsk', cityTitles: { ru: 'Урюпинск', en: 'Uryupinsk' } }
  expect(updateServer).toHaveBeenLastCalledWith(1n, amsterdam.id, uryupinsk)
})

test('going back or to another button leaves the question: the next words are not taken for its answer', async () => {
  const updateServer = updating()
  const bot = adminHarness({ updateServer })
  await bot.forge('srv-edit:ams1')
  await bot.tap('Capacity')
  await bot.tap('‹ Back')
  await bot.text('250')
  expect(updateServer).not.toHaveBeenCalled()
})

test('a new password is read, deleted from the chat, tested and never shown', async () => {
  const updateEndpoint = changing()
  const bot = adminHarness({ updateEndpoint })
  await bot.forge('srv-edit:ams1')
  await bot.tap('3X-UI')
  expect(bot.lastScreen().text).toContain('https://panel.test:2053/base/')
  await bot.tap('User and password')
  await bot.text('root')
  await bot.text('N3w-Secret')
  expect(bot.callsOf('deleteMessage')).toHaveLength(1)
  expect(updateEndpoint).toHaveBeenCalledWith(1n, panelCard.id, {
    settings: { username: 'root' },
    secrets: { password: 'N3w-Secret', token: null },
  })
  expect(bot.lastScreen().text).toContain('Tested and saved')
  expect(JSON.stringify(bot.calls)).not.toContain('N3w-Secret')
})

test('what the panel refuses is said in words and nothing is saved', async () => {
  const bot = adminHarness(
    { updateEndpoint: async () => ({ kind: 'refused', reason: 'no', code: 'wrong_credentials' }) },
    { language: 'ru' },
  )
  await bot.forge('way-field:ams1:token')
  await bot.text('bad-token')
  expect(bot.lastScreen().text).toContain('Не сохранено')
  expect(bot.lastScreen().text).toContain('Логин, пароль или токен не подходят')
  await bot.tap('Назад')
  expect(bot.lastScreen().text).toContain('ams-1')
})

test('a certificate that nobody vouches for is confirmed, and what was typed is saved with it', async () => {
  const changes: EndpointChange[] = []
  const fingerprint = 'cd'.repeat(32)
  const bot = adminHarness({
    updateEndpoint: async (_, __, change) => {
      changes.push(change)
      if (change.settings?.pinnedCertificate === undefined)
        return { kind: 'unreachable', reason: 'tls', code: 'certificate_changed', fingerprint }
      return { kind: 'updated', health: up }
    },
  })
  await bot.forge('way-field:ams1:url')
  await bot.text('https://other.test:2053/base/')
  expect(bot.lastScreen().text).toContain('CD:CD')
  await bot.tap('fingerprint is right')
  expect(changes.at(-1)).toEqual({
    settings: { url: 'https://other.test:2053/base/', pinnedCertificate: fingerprint },
  })
  expect(bot.lastScreen().text).toContain('Tested and saved')
  await bot.forge('way-trust:ams1')
  expect(bot.lastScreen().text).toContain('Tested and saved')
  expect(changes).toHaveLength(2)
})

test('inbounds are compared with the panel and ticked; those that are gone go when it is saved', async () => {
  const updateEndpoint = changing()
  const bot = adminHarness({
    updateEndpoint,
    rediscoverEndpoint: async () => ({
      kind: 'found',
      facts: {},
      choices: [
        { setting: 'inboundIds', value: '2', label: 'ws :8443', isChosen: true },
        { setting: 'inboundIds', value: '3', label: 'reality :443', isChosen: false },
      ],
      missing: [{ setting: 'inboundIds', value: '1' }],
    }),
  })
  await bot.forge('way:ams1')
  await bot.tap('What we sell: 2')
  expect(bot.lastScreen().text).toContain('Inbound no. 1 is no longer on the panel')
  await bot.tap('reality')
  await bot.tap('Test and save')
  expect(updateEndpoint).toHaveBeenCalledWith(1n, panelCard.id, { settings: { inboundIds: [2, 3] } })
  expect(bot.lastScreen().text).toContain('Tested and saved')
  await bot.forge('way-save:ams1')
  expect(bot.lastScreen().text).toContain('Tested and saved')
  expect(updateEndpoint).toHaveBeenCalledTimes(1)
})

test('what was ticked and then left is forgotten', async () => {
  const bot = adminHarness()
  await bot.forge('way-save:ams1')
  expect(bot.lastScreen().text).toContain('forgotten')
})

test('a value that may be empty can be taken away', async () => {
  const updateEndpoint = changing()
  const card = { ...panelCard, settings: { ...panelCard.settings, publicHost: 'vpn.test' } }
  const bot = adminHarness({ updateEndpoint, getEndpointCard: async () => ({ kind: 'seen', value: card }) })
  await bot.forge('way:ams1')
  await bot.tap('Address for customers')
  expect(bot.lastScreen().text).toContain('Now: <code>vpn.test</code>')
  await bot.tap('Take it away')
  expect(updateEndpoint).toHaveBeenCalledWith(1n, panelCard.id, { settings: { publicHost: null } })
})

test('a server in use is not offered for deletion, a disabled one is, with the numbers', async () => {
  const deleteServer = vi.fn(async () => ({ kind: 'deleted' as const, accesses: 45, devices: 0, behind: 0 }))
  const busy = adminHarness({ deleteServer })
  await busy.forge('srv-edit:ams1')
  await busy.tap('Delete')
  expect(busy.lastScreen().text).toContain('It is in use: 45 accesses')
  expect(busy.lastScreen().buttons.map(({ text }) => text)).not.toContain('🗑 Yes, delete')
  const disabled = { ...amsterdam, state: 'disabled' as const, behind: 0 }
  const bot = adminHarness({ deleteServer, getServerCard: async () => ({ kind: 'seen', value: disabled }) })
  await bot.forge('srv-del-ask:ams1')
  expect(bot.lastScreen().text).toContain('45 accesses on it are cut off')
  await bot.tap('Yes, delete')
  expect(deleteServer).toHaveBeenCalledWith(1n, amsterdam.id, 'cut_off')
  expect(bot.lastScreen().text).toContain('The server is deleted')
})

test('whoever lost the right meanwhile is told so on each of these screens', async () => {
  const forbidden = async () => ({ kind: 'forbidden' as const })
  const bot = adminHarness({
    getServerCard: forbidden,
    getEndpointCard: forbidden,
    updateEndpoint: forbidden,
    rediscoverEndpoint: forbidden,
    deleteServer: forbidden,
    updateServer: forbidden,
  })
  const buttons = [
    'srv-edit:ams1',
    'way:ams1',
    'way-test:ams1',
    'way-inbounds:ams1',
    'srv-del:ams1:nobody',
    'srv-city:ams1:riga',
  ]
  for (const data of buttons) {
    await bot.forge(data)
    expect(bot.lastScreen().text).toContain('You have no permission for this')
  }
})
