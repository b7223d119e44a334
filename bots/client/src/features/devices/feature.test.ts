import type { AddDeviceResult, DeviceKey, DeviceList, DeviceSummary, Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna } from '../../testing/fake-shop.ts'

const phone: DeviceSummary = {
  id: 'dev_phone000000000000000',
  name: 'My phone',
  protocol: 'wireguard',
  serverLabel: '🇳🇱 Amsterdam',
  isReady: true,
  lastSeenAt: null,
  trafficBytes: 1_610_612_736n,
}
const amsterdam = { serverId: 'srv_amsterdam00000000000', label: '🇳🇱 Amsterdam', protocol: 'wireguard' } as const
const frankfurt = { serverId: 'srv_frankfurt00000000000', label: '🇩🇪 Frankfurt', protocol: 'wireguard' } as const
const list: DeviceList = {
  standing: 'active',
  deviceLimit: 3,
  surplusClosesAt: null,
  shared: { lastSeenAt: new Date('2026-11-21T09:00:00Z'), serverLabel: '🇳🇱 Amsterdam' },
  devices: [phone],
  places: [amsterdam, frankfurt],
}
const file = {
  kind: 'file',
  name: 'vpn.conf',
  mediaType: 'text/plain',
  body: '[Interface]\nPrivateKey = x\n',
} as const
const deviceKey: DeviceKey = { device: { id: phone.id, name: phone.name, protocol: 'wireguard' }, document: file }

const owning = (verbs: Partial<Shop> = {}) =>
  clientHarness({ listDevices: async () => list, getDeviceKey: async () => deviceKey, ...verbs })

const adding = (result: AddDeviceResult = { kind: 'added', deviceId: phone.id }) =>
  vi.fn<Shop['addDevice']>(async () => result)

test('the list names each device, its place and how many are left', async () => {
  const bot = owning()
  await bot.command('devices')
  expect(bot.lastScreen().text).toContain('Your key works on 2 devices at the same time')
  expect(bot.lastScreen().text).toContain('Last connected: 21 November at 12:00 MSK, 🇳🇱 Amsterdam')
  expect(bot.lastScreen().text).toContain('Separate keys — in use: 1 of 3')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual([
    'My phone · 🇳🇱 Amsterdam',
    '➕ Add a device',
    '🔑 My key',
    '🏠 Main menu',
  ])
})

test('place, name by a button: the file and its picture arrive', async () => {
  const addDevice = adding()
  const bot = owning({ addDevice })
  await bot.command('devices')
  await bot.tap('Add a device')
  await bot.tap('Frankfurt')
  await bot.tap('iPhone')
  expect(addDevice).toHaveBeenCalledWith({
    customerId: anna.id,
    serverId: frankfurt.serverId,
    name: 'iPhone',
    requestId: expect.any(String),
  })
  expect(bot.screens.map((screen) => screen.kind)).toEqual(['document', 'photo'])
  expect(bot.lastScreen().text).toContain('Scan from QR code')
})

test('a single place is no choice, and a name may be written', async () => {
  const addDevice = adding()
  const bot = owning({ addDevice, listDevices: async () => ({ ...list, places: [amsterdam] }) })
  await bot.command('devices')
  await bot.tap('Add a device')
  await bot.text('Mum <b>tablet</b>')
  expect(addDevice).toHaveBeenCalledWith({
    customerId: anna.id,
    serverId: amsterdam.serverId,
    name: 'Mum <b>tablet</b>',
    requestId: expect.any(String),
  })
})

test('a command leaves the question: the next words are no name', async () => {
  const addDevice = adding()
  const bot = owning({ addDevice })
  await bot.command('devices')
  await bot.tap('Add a device')
  await bot.tap('Frankfurt')
  await bot.command('cancel')
  await bot.text('hello?')
  expect(addDevice).not.toHaveBeenCalled()
  expect(bot.lastScreen().text).toContain("didn't get that")
})

test('pressing another button leaves the question too', async () => {
  const addDevice = adding()
  const bot = owning({ addDevice })
  await bot.command('devices')
  await bot.tap('Add a device')
  await bot.tap('Frankfurt')
  await bot.tap('Back')
  await bot.text('hello?')
  expect(addDevice).not.toHaveBeenCalled()
})

test.each([
  [{ kind: 'limit_reached', deviceLimit: 3 }, 'up to 3 devices'],
  [{ kind: 'no_subscription' }, 'while your subscription is active'],
  [{ kind: 'no_room' }, 'takes no new devices'],
  [{ kind: 'server_gone' }, 'takes no new devices'],
] as const)('a refusal is a sentence: %j', async (result, sentence) => {
  const bot = owning({ addDevice: adding(result) })
  await bot.forge(`dev-call:${amsterdam.serverId.slice(4)}:mac:abcd1234`)
  expect(bot.lastScreen().text).toContain(sentence)
})

test('a full list offers no more', async () => {
  const bot = owning({ listDevices: async () => ({ ...list, deviceLimit: 1 }) })
  await bot.command('devices')
  expect(bot.lastScreen().text).toContain('no room for more')
  expect(bot.lastScreen().buttons.map((button) => button.text)).not.toContain('➕ Add a device')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toContain('🛒 All subscriptions')
})

test('the file comes as soon as the server has agreed', async () => {
  const getDeviceKey = vi.fn<Shop['getDeviceKey']>(async () => deviceKey)
  getDeviceKey.mockResolvedValueOnce({ ...deviceKey, document: null })
  const bot = owning({ getDeviceKey, addDevice: adding() })
  await bot.forge(`dev-call:${amsterdam.serverId.slice(4)}:mac:abcd1234`)
  expect(getDeviceKey).toHaveBeenCalledTimes(2)
  expect(bot.lastScreen().kind).toBe('photo')
})

test('a server that takes long leaves a button to look again', async () => {
  const bot = owning({ getDeviceKey: async () => ({ ...deviceKey, document: null }), addDevice: adding() })
  await bot.forge(`dev-call:${amsterdam.serverId.slice(4)}:mac:abcd1234`)
  expect(bot.lastScreen().text).toContain('being prepared')
  expect(bot.lastScreen().buttons[0]?.text).toBe('🔄 Refresh')
})

test('a device is renamed by writing', async () => {
  const renameDevice = vi.fn(async () => true)
  const bot = owning({ renameDevice })
  await bot.command('devices')
  await bot.tap('My phone')
  expect(bot.lastScreen().text).toContain('1.5 GB')
  await bot.tap('Rename')
  await bot.text('Kitchen')
  expect(renameDevice).toHaveBeenCalledWith({ customerId: anna.id, deviceId: phone.id }, 'Kitchen')
})

test('a device is deleted only after it was confirmed', async () => {
  const revokeDevice = vi.fn(async () => true)
  const bot = owning({ revokeDevice })
  await bot.command('devices')
  await bot.tap('My phone')
  await bot.tap('Delete')
  expect(revokeDevice).not.toHaveBeenCalled()
  await bot.tap('Yes, delete')
  expect(revokeDevice).toHaveBeenCalledWith({ customerId: anna.id, deviceId: phone.id })
  expect(bot.lastScreen().text).toContain('no longer works')
})

test("somebody else's device is not there", async () => {
  const bot = owning({ getDeviceKey: async () => null, revokeDevice: async () => false })
  for (const data of ['dev', 'dev-file', 'dev-ren', 'dev-del', 'dev-gone']) {
    await bot.forge(`${data}:stranger000000000000`)
    expect(bot.lastScreen().text).toContain('gone already')
  }
})

test('a shop without servers for devices says that the key is enough', async () => {
  const bot = owning({ listDevices: async () => ({ ...list, devices: [], places: [] }) })
  await bot.command('devices')
  expect(bot.lastScreen().text).toContain('Your key works on 3 devices')
})

test('two presses of a name ask for one and the same device', async () => {
  const addDevice = adding()
  const bot = owning({ addDevice })
  await bot.command('devices')
  await bot.tap('Add a device')
  await bot.tap('Frankfurt')
  const naming = bot.lastScreen()
  const press = naming.buttons.find((button) => button.text.includes('iPhone')) as { callback_data: string }
  await Promise.all([bot.forge(press.callback_data), bot.forge(press.callback_data)])
  const ids = addDevice.mock.calls.map(([input]) => input.requestId)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('more devices than the limit: the screen says until when to choose, and one can be kept', async () => {
  const keepDevices = vi.fn<Shop['keepDevices']>(async () => ({ kind: 'kept', closed: 1 }))
  const surplusClosesAt = new Date('2026-11-22T10:00:00Z')
  const over = {
    ...list,
    deviceLimit: 1,
    surplusClosesAt,
    devices: [phone, { ...phone, id: 'dev_other000000000000000' as const }],
  }
  const bot = owning({ keepDevices, listDevices: async () => over })
  await bot.command('devices')
  expect(bot.lastScreen().text).toContain('All of them work until 22 November at 13:00')
  await bot.tap('My phone')
  await bot.tap('Keep only this one')
  expect(keepDevices).not.toHaveBeenCalled()
  await bot.tap('Yes, keep only')
  expect(keepDevices).toHaveBeenCalledWith(anna.id, [phone.id])
})

test('a shop of keys for single devices speaks of no shared one', async () => {
  const bot = owning({ listDevices: async () => ({ ...list, shared: null }) })
  await bot.command('devices')
  expect(bot.lastScreen().text).toContain('Your subscription has up to 3 devices')
  expect(bot.lastScreen().text).not.toContain('Your key works')
})

test('whose access is suspended is led to support, not to the price list', async () => {
  const bot = owning({ listDevices: async () => ({ ...list, standing: 'suspended' }) })
  await bot.command('devices')
  expect(bot.lastScreen().buttons.map((button) => button.text)).toEqual(['💬 Support', '🏠 Main menu'])
})
