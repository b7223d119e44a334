import qrcode from 'qrcode'
import { GreyCanvas, roundedMask } from './grey-canvas.ts'

export interface QrOptions {
  /** A square picture (PNG, JPEG, SVG) for the middle; the code then carries more redundancy. */
  readonly logo?: Uint8Array
}

/** In modules: the quiet zone that scanners need, and the background around the white card. */
const quiet = 4
const border = 1
const aimSide = 960
const ink = 24
const paper = 255
const background = 232

type Matrix = ReturnType<typeof qrcode.create>['modules']

function matrixOf(text: string, level: 'L' | 'M' | 'Q'): Matrix {
  try {
    return qrcode.create(text, { errorCorrectionLevel: level }).modules
  } catch (cause) {
    throw new RangeError(`${Buffer.byteLength(text)} bytes do not fit into a QR code`, { cause })
  }
}

/** Is this module part of one of the three big corner marks? */
const inMark = (size: number, row: number, column: number): boolean =>
  (row < 7 && (column < 7 || column >= size - 7)) || (row >= size - 7 && column < 7)

function drawDots(canvas: GreyCanvas, { size, data }: Matrix, scale: number, hole: number): void {
  const dot = roundedMask(scale, scale / 2.6)
  const from = (size - hole) / 2
  const inHole = (at: number) => at >= from && at < from + hole
  const origin = (quiet + border) * scale
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!data[row * size + column] || inMark(size, row, column) || (inHole(row) && inHole(column))) continue
      canvas.stamp(origin + column * scale, origin + row * scale, dot, scale, ink)
    }
  }
}

function drawMarks(canvas: GreyCanvas, size: number, scale: number): void {
  const far = size - 7
  for (const [column, row] of [
    [0, 0],
    [far, 0],
    [0, far],
  ] as const) {
    const at = (offset: number, position: number) => (quiet + border + position + offset) * scale
    canvas.square(at(0, column), at(0, row), 7 * scale, 2 * scale, ink)
    canvas.square(at(1, column), at(1, row), 5 * scale, 1.3 * scale, paper)
    canvas.square(at(2, column), at(2, row), 3 * scale, 0.9 * scale, ink)
  }
}

/**
 * Draws a QR code as an opaque PNG: a white rounded card, dark on light, about 960 pixels wide. Meant as a view's photo;
 * words belong into the view's text. Throws a `RangeError` when the text does not fit (2953 bytes).
 *
 * @example
 * const png = await renderQr(subscriptionUrl, { logo })
 * await showView(ctx, { photo: png, text: t('key') })
 */
export async function renderQr(text: string, options: QrOptions = {}): Promise<Uint8Array> {
  const matrix = matrixOf(text, options.logo ? 'Q' : Buffer.byteLength(text) <= 700 ? 'M' : 'L')
  // A hole of a fifth of the side covers 4 % of the modules; level Q mends 25 %.
  const hole = options.logo ? Math.floor(matrix.size / 5) | 1 : 0
  const full = matrix.size + 2 * (quiet + border)
  const scale = Math.max(5, Math.floor(aimSide / full))
  const canvas = new GreyCanvas(full * scale, background)
  canvas.square(border * scale, border * scale, (full - 2 * border) * scale, 3 * scale, paper)
  drawDots(canvas, matrix, scale, hole)
  drawMarks(canvas, matrix.size, scale)
  // Ten megabytes that a bot without pictures never needs.
  const { default: sharp } = await import('sharp')
  const picture = sharp(canvas.pixels, { raw: { width: canvas.side, height: canvas.side, channels: 1 } })
  if (!options.logo) return picture.toColourspace('b-w').png({ compressionLevel: 6 }).toBuffer()
  const side = (hole - 1) * scale
  const logo = await sharp(options.logo).resize(side, side, { fit: 'contain', background: '#ffffff' }).png().toBuffer()
  return picture
    .toColourspace('srgb')
    .composite([{ input: logo, gravity: 'centre' }])
    .png({ compressionLevel: 6 })
    .toBuffer()
}
