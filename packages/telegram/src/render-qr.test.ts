import jsqr from 'jsqr'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { renderQr } from './render-qr.ts'

const vless = `vless://6b1f8f0e-4a40-4c3a-9d53-2f1b7a1f8c11@nl1.example.com:443?type=tcp&security=reality&pbk=${'k'.repeat(43)}&fp=chrome&sni=example.com&sid=0123456789abcdef&flow=xtls-rprx-vision#NL`

/** What a phone would read. */
async function scanned(picture: Uint8Array): Promise<string | undefined> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return jsqr.default(new Uint8ClampedArray(data), info.width, info.height)?.data
}

describe('renderQr', () => {
  test.each([10, 210, 420, 1200])('draws a code of %i characters that can be read back', async (length) => {
    const text = vless.repeat(6).slice(0, length)
    expect(await scanned(await renderQr(text))).toBe(text)
  })

  test('draws a small square PNG of a share link', async () => {
    const picture = await renderQr(vless)
    const { format, width, height } = await sharp(picture).metadata()
    expect([format, width === height, (width ?? 0) <= 1024]).toEqual(['png', true, true])
    expect(picture.length).toBeLessThan(100 * 1024)
  })

  test('takes a logo', async () => {
    const logo = await sharp({ create: { width: 64, height: 64, channels: 4, background: '#2563eb' } })
      .png()
      .toBuffer()
    const picture = await renderQr(vless, { logo })
    expect(await scanned(picture)).toBe(vless)
    expect(Buffer.compare(picture, await renderQr(vless))).not.toBe(0)
    const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const middle = ((info.height >> 1) * info.width + (info.width >> 1)) * info.channels
    expect(data[middle + 2]).toBeGreaterThan(200)
  })

  test('says so when the text is too long for a code', async () => {
    await expect(renderQr('x'.repeat(3000))).rejects.toThrow(RangeError)
  })
})
