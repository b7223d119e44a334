import { escapeHtml } from '@vpn-kiosk/i18n'
import { renderQr } from './render-qr.ts'

export interface ShareCardOptions {
  /** Where the code leads. */
  readonly url: string
  /** One line above the code. */
  readonly title: string
  /** A square picture for the middle of the code. */
  readonly logo?: Uint8Array
}

const headHeight = 150
const titleHeight = 84
const background = '#e8e8e8'

/**
 * A picture to pass on: the code of a link under the shop's name. On a machine without any font the name is left out.
 *
 * @example
 * const photo = await renderShareCard({ url: link, title: shop.name })
 */
export async function renderShareCard({ url, title, logo }: ShareCardOptions): Promise<Uint8Array> {
  const qr = await renderQr(url, logo ? { logo } : {})
  const { default: sharp } = await import('sharp')
  const { width } = await sharp(qr).metadata()
  const head = await sharp({
    text: {
      text: `<span foreground="#181818"><b>${escapeHtml(title)}</b></span>`,
      font: 'sans',
      width: Math.round(width * 0.86),
      height: titleHeight,
      rgba: true,
    },
  })
    .png()
    .toBuffer({ resolveWithObject: true })
    .catch(() => null)
  if (!head) return qr
  const left = Math.round((width - head.info.width) / 2)
  const top = Math.round((headHeight - head.info.height) / 2) + 20
  return sharp(qr)
    .toColourspace('srgb')
    .extend({ top: headHeight, background })
    .composite([{ input: head.data, left, top: Math.max(0, top) }])
    .png({ compressionLevel: 6 })
    .toBuffer()
}
