import { renderQr } from './render-qr.ts'
import { svgText } from './svg-text.ts'

export interface GiftCard {
  /** "A gift for you". */
  readonly heading: string
  /** What is given. */
  readonly title: string
  readonly shop: string
  /** A few short lines below. */
  readonly lines: readonly string[]
  /** What the code on the card leads to. */
  readonly link: string
  /** A square picture for the middle of the code. */
  readonly logo?: Uint8Array
}

const width = 1280
const height = 720
const qrSide = 500
/** So many letters fit beside the code in the size of each line. */
const room = { heading: 24, title: 22, line: 40 } as const

/**
 * Draws a card to pass on, as a PNG of 1280 × 720: the words on the left, the link as a code on the right. The words need
 * a font on the machine: what must be read belongs into the view's text as well.
 */
export async function renderGiftCard(card: GiftCard): Promise<Uint8Array> {
  // Ten megabytes that a bot without pictures never needs.
  const { default: sharp } = await import('sharp')
  const code = await renderQr(card.link, card.logo ? { logo: card.logo } : {})
  const qr = await sharp(code).resize(qrSide, qrSide).png().toBuffer()
  return sharp(Buffer.from(background(card)))
    .composite([{ input: qr, left: width - qrSide - 90, top: (height - qrSide) / 2 }])
    .png({ compressionLevel: 8 })
    .toBuffer()
}

const background = ({ heading, title, shop, lines }: GiftCard): string => `
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs><linearGradient id="sky" x1="0" y1="0" x2="1" y2="1">
    <stop offset="0" stop-color="#4338ca"/><stop offset="1" stop-color="#0e7490"/>
  </linearGradient></defs>
  <rect width="${width}" height="${height}" fill="url(#sky)"/>
  <rect x="${width - qrSide - 130}" y="${(height - qrSide) / 2 - 40}" width="${qrSide + 80}" height="${qrSide + 80}" rx="40" fill="#e8e8e8"/>
  ${bow}
  <g font-family="DejaVu Sans, Noto Sans, Liberation Sans, Arial, sans-serif" fill="#ffffff">
    ${words(heading, { y: 330, size: 36, most: room.heading, opacity: 0.85 })}
    ${words(title, { y: 405, size: 46, most: room.title, weight: 'bold' })}
    ${lines.map((line, at) => words(line, { y: 480 + at * 42, size: 25, most: room.line, opacity: 0.9 })).join('')}
    ${words(shop, { y: 640, size: 30, most: room.heading, weight: 'bold', opacity: 0.9 })}
  </g>
</svg>`

/** A box with a bow: no font has to know it. */
const bow = `<g transform="translate(80 96)" fill="none" stroke="#ffffff" stroke-width="9" stroke-linejoin="round">
  <rect x="12" y="72" width="126" height="82" rx="8"/><rect x="0" y="42" width="150" height="34" rx="8"/>
  <path d="M75 42 v112 M75 42 c-62 -66 -84 -4 0 0 c84 -4 62 -66 0 0"/></g>`

interface Line {
  readonly y: number
  readonly size: number
  readonly most: number
  readonly weight?: 'bold'
  readonly opacity?: number
}

const words = (text: string, { y, size, most, weight, opacity = 1 }: Line): string =>
  `<text x="80" y="${y}" font-size="${size}" font-weight="${weight ?? 'normal'}" fill-opacity="${opacity}">${svgText(text, most)}</text>`
