import { type AccountSpec, EndpointRefused } from '@vpn-kiosk/domain'
import { describe, expect, test } from 'vitest'
import { driverKinds } from '../registry.ts'
import { accountEmail, readAccount } from './account-store.ts'
import { isFulfilled, mergeClient, wishFor } from './client-wish.ts'
import { createKeyedLock } from './keyed-lock.ts'
import { oneTimeCode } from './one-time-code.ts'

const spec: AccountSpec = {
  account: 'vk-0000abcd',
  secrets: { uuid: '5d9c1a52-3f6e-4d0b-9d2a-6f1f4a2b7c11', subId: 'fixturesubid0001' },
  address: null,
  enabled: true,
  expiresAt: new Date('2030-01-01T00:00:00Z'),
  trafficLimitBytes: 53_687_091_200n,
  deviceLimit: 3,
  label: 'Amsterdam',
}
const wish = wishFor(spec, spec.account, 'xtls-rprx-vision')

describe('what is written to a panel', () => {
  test('is in bytes and milliseconds, and whole', () => {
    expect(mergeClient(null, wish)).toEqual({
      email: 'vk-0000abcd',
      id: '5d9c1a52-3f6e-4d0b-9d2a-6f1f4a2b7c11',
      subId: 'fixturesubid0001',
      flow: 'xtls-rprx-vision',
      enable: true,
      totalGB: 53_687_091_200,
      expiryTime: 1_893_456_000_000,
      limitIp: 3,
      tgId: 0,
      comment: '',
      reset: 0,
    })
  })

  test('says "nothing left" for a limit of zero, since zero is unlimited to the panel', () => {
    expect(wishFor({ ...spec, trafficLimitBytes: 0n }, spec.account, '').totalGB).toBe(1)
    expect(wishFor({ ...spec, trafficLimitBytes: null }, spec.account, '').totalGB).toBe(0)
  })

  test('keeps what is not ours, and turns an old empty Telegram id into the number that the panel takes', () => {
    const current = { ...mergeClient(null, wish), comment: 'vip', limitHwid: 2, tgId: '', enable: false, totalGB: 1 }
    expect(mergeClient(current, wish)).toMatchObject({
      comment: 'vip',
      limitHwid: 2,
      tgId: 0,
      enable: true,
      totalGB: 53_687_091_200,
    })
  })

  test('is not written again when the panel has it already, left-out zeros included', () => {
    const { limitIp: _limit, reset: _reset, ...stored } = mergeClient(null, wish)
    expect(isFulfilled({ ...stored, comment: 'vip' }, { ...wish, limitIp: 0 })).toBe(true)
    expect(isFulfilled(stored, wish)).toBe(false)
  })

  test('is refused for secrets of another driver, without naming them', () => {
    const wrong = () => wishFor({ ...spec, secrets: { privateKey: 'hush' } }, spec.account, '')
    expect(wrong).toThrow(EndpointRefused)
    expect(wrong).not.toThrow(/hush/)
  })
})

describe('a panel’s email', () => {
  test('is read back as the account that it was made for, and nobody else’s is ours', () => {
    expect(readAccount(accountEmail('vk-0000abcd', 7, true))).toBe('vk-0000abcd')
    expect(readAccount(accountEmail('vk-0000abcd', 7, false))).toBe('vk-0000abcd')
    for (const other of ['admin', 'vk-', 'VK-0000abcd', 'vk-0000abcd.x', 'vk-0000abcd.1.2', 'avk-0000abcd', ''])
      expect(readAccount(other)).toBeNull()
  })
})

describe('settings from outside', () => {
  const kind = driverKinds.get('xui')!
  const good = { settings: { url: 'https://panel.example:2053/secret', inboundIds: '1, 4' }, secrets: { token: 'tok' } }

  test('are made whole', () => {
    expect(kind.parse(good).settings).toMatchObject({
      url: 'https://panel.example:2053/secret/',
      inboundIds: [1, 4],
      timeoutMs: 15_000,
    })
  })

  test.each([
    ['url', { ...good, settings: { ...good.settings, url: 'ftp://panel.example' } }],
    ['url', { ...good, settings: { inboundIds: [1] } }],
    ['inboundIds', { ...good, settings: { ...good.settings, inboundIds: 'first' } }],
    ['inboundIds', { ...good, settings: { url: good.settings.url } }],
    ['token', { ...good, secrets: {} }],
    ['password', { ...good, secrets: { password: 'without a user name' } }],
  ])('are refused naming %s', (field, config) => {
    expect(() => kind.parse(config)).toThrow(EndpointRefused)
    expect(() => kind.parse(config)).toThrow(new RegExp(field))
  })
})

test('a one-time code is that of RFC 6238', () => {
  const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  expect(oneTimeCode(seed, new Date(59_000))).toBe('287082')
  expect(oneTimeCode(seed, new Date(1_111_111_109_000))).toBe('081804')
  expect(oneTimeCode('gezd gnbv gy3t qojq gezd gnbv gy3t qojq', new Date(20_000_000_000_000))).toBe('353130')
})

test('work in one lane takes turns, also after a failure, and other lanes do not wait', async () => {
  const lanes = createKeyedLock()
  const seen: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = lanes.run('a', async () => {
    await gate.promise
    seen.push('first')
    throw new Error('lost')
  })
  const second = lanes.run('a', async () => void seen.push('second'))
  await lanes.run('b', async () => void seen.push('other'))
  gate.resolve()
  await expect(first).rejects.toThrow('lost')
  await second
  expect(seen).toEqual(['other', 'first', 'second'])
})
