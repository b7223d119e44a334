import { AuditEntity } from '@vpn-kiosk/db'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { maxLogoBytes, maxPictureBytes } from './read-logo.ts'

const owner = 1n
let world: TestShop

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'), { policy: { shopName: 'VPN' } })
})
afterEach(() => world.close())

const picture = (width: number, height = width) =>
  sharp({ create: { width, height, channels: 4, background: '#3060ff' } })

test('a shop is called as the configuration says until an admin gives it a name', async () => {
  expect(await world.shop.getShop()).toEqual({ name: 'VPN', logoVersion: null })
  expect(await world.shop.updateShop(owner, { name: '  Fast \n Fox ' })).toMatchObject({ shop: { name: 'Fast Fox' } })
  expect(await world.shop.getShop()).toEqual({ name: 'Fast Fox', logoVersion: null })
  await world.shop.updateShop(owner, { name: null })
  expect(await world.shop.getShop()).toEqual({ name: 'VPN', logoVersion: null })
})

test('a logo is kept as a small square PNG, and each new one is told apart', async () => {
  expect(await world.shop.getShopLogo()).toBeNull()
  const first = await world.shop.updateShop(owner, { logo: await picture(1500, 1492).jpeg().toBuffer() })
  const kept = await world.shop.getShopLogo()
  expect(await sharp(kept!).metadata()).toMatchObject({ format: 'png', width: 512, height: 512 })
  expect(kept!.byteLength).toBeLessThanOrEqual(maxLogoBytes)
  const second = await world.shop.updateShop(owner, { logo: await picture(100).webp().toBuffer() })
  expect(await sharp((await world.shop.getShopLogo())!).metadata()).toMatchObject({ width: 100, height: 100 })
  if (first.kind !== 'updated' || second.kind !== 'updated') throw new Error('expected both to be taken')
  expect(first.shop.logoVersion).not.toBe(second.shop.logoVersion)
  await world.shop.updateShop(owner, { logo: null })
  expect([await world.shop.getShopLogo(), (await world.shop.getShop()).logoVersion]).toEqual([null, null])
})

test('a picture of noise is made smaller until it fits', async () => {
  const noise = Buffer.from(Array.from({ length: 512 * 512 * 3 }, (_, at) => (at * 7919 * ((at % 97) + 1)) % 256))
  const logo = await sharp(noise, { raw: { width: 512, height: 512, channels: 3 } })
    .png()
    .toBuffer()
  expect(await world.shop.updateShop(owner, { logo })).toMatchObject({ kind: 'updated' })
  expect((await world.shop.getShopLogo())!.byteLength).toBeLessThanOrEqual(maxLogoBytes)
})

test('what is no logo is refused by its fault', async () => {
  const refused = async (logo: Uint8Array) => (await world.shop.updateShop(owner, { logo })).kind
  expect(await refused(await picture(300, 200).png().toBuffer())).toBe('logo_not_square')
  expect(await refused(await picture(40).png().toBuffer())).toBe('logo_too_small')
  expect(await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"/>'))).toBe(
    'logo_unreadable',
  )
  expect(await refused((await picture(200).png().toBuffer()).subarray(0, 60))).toBe('logo_unreadable')
  expect(await refused(Buffer.from('not a picture'))).toBe('logo_unreadable')
  expect(await refused(new Uint8Array(maxPictureBytes + 1))).toBe('logo_too_large')
  expect(await world.shop.getShopLogo()).toBeNull()
})

test.each(['', ' \n ', 'x'.repeat(33)])('%j is no name', async (name) => {
  expect(await world.shop.updateShop(owner, { name })).toEqual({ kind: 'invalid_name', maxLength: 32 })
})

test('who has no role changes nothing, and each change leaves an audit row', async () => {
  expect(await world.shop.updateShop(404n, { name: 'Mine' })).toEqual({ kind: 'forbidden' })
  await world.shop.addStaff(owner, { telegramId: 7n, name: 'Sam', role: 'support' })
  expect(await world.shop.updateShop(7n, { name: 'Mine' })).toEqual({ kind: 'forbidden' })
  await world.shop.updateShop(owner, { name: 'Fast Fox' })
  const [row, ...others] = await world.fixture.database.em().find(AuditEntity, { action: 'update_shop' })
  expect(others).toEqual([])
  expect(row).toMatchObject({
    actorTelegramId: owner,
    subject: 'shop',
    before: { name: null, logoVersion: null },
    after: { name: 'Fast Fox', logoVersion: null },
  })
})

test('a name and a logo that are changed at once are both kept', async () => {
  const logo = await picture(128).png().toBuffer()
  await Promise.all([world.shop.updateShop(owner, { name: 'Fast Fox' }), world.shop.updateShop(owner, { logo })])
  const { name, logoVersion } = await world.shop.getShop()
  expect([name, logoVersion === null]).toEqual(['Fast Fox', false])
})
