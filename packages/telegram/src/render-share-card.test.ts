import sharp from 'sharp'
import { expect, test } from 'vitest'
import { renderQr } from './render-qr.ts'
import { renderShareCard } from './render-share-card.ts'

const url = 'https://t.me/kiosk_vpn_bot?start=ref_annacode'

test('a card is the code with room above it for the name', async () => {
  const qr = await sharp(await renderQr(url)).metadata()
  const card = await sharp(await renderShareCard({ url, title: 'Fast Fox' })).metadata()
  expect([card.format, card.width, card.height]).toEqual(['png', qr.width, qr.height + 150])
})

test.each(['<b>Fox</b> & "Co"', 'Лиса 🦊', '\u0000', ' ', 'W'.repeat(32)])('%j is written as it is', async (title) => {
  const card = await sharp(await renderShareCard({ url, title })).metadata()
  expect(card.format).toBe('png')
})
