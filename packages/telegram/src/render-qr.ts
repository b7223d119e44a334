import qrcode from 'qrcode'
import sharp, { type Sharp } from 'sharp'

export interface QrOptions {
  /** A square picture (PNG, JPEG, SVG) for the middle; the code then carries more redundancy. */
  readonly logo?: Uint8Array
}

const moduleSize = 12
/** The quiet zone scanners need, in modules. */
const quiet = 4
const maxSide = 1_024
const minSide = 512
const ink = '#1b2433'

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

function dots({ size, data }: Matrix, hole: number): string {
  const from = (size - hole) / 2
  const inHole = (at: number) => at >= from && at < from + hole
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!data[row * size + column] || inMark(size, row, column) || (inHole(row) && inHole(column))) continue
      path += `M${column + 0.5} ${row}a.5.5 0 0 1 .5.5v0a.5.5 0 0 1-1 0v0a.5.5 0 0 1 .5-.5z`
    }
  }
  return path
}

const mark = (x: number, y: number): string =>
  `<rect x="${x + 0.5}" y="${y + 0.5}" width="6" height="6" rx="1.8" fill="none" stroke="${ink}"/><rect x="${x + 2}" y="${y + 2}" width="3" height="3" rx="0.9" fill="${ink}"/>`

function card(matrix: Matrix, hole: number): string {
  const full = matrix.size + 2 * quiet
  const marks = [mark(0, 0), mark(matrix.size - 7, 0), mark(0, matrix.size - 7)].join('')
  const side = Math.min(maxSide, Math.max(minSide, full * moduleSize))
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="${-quiet} ${-quiet} ${full} ${full}">` +
    `<rect x="${-quiet}" y="${-quiet}" width="${full}" height="${full}" rx="3" fill="#fff"/>` +
    `<path fill="${ink}" d="${dots(matrix, hole)}"/>${marks}</svg>`
  )
}

async function withLogo(picture: Sharp, logo: Uint8Array, share: number): Promise<Sharp> {
  const { info, data } = await picture.png().toBuffer({ resolveWithObject: true })
  const side = Math.round(info.width * share)
  const small = await sharp(logo).resize(side, side, { fit: 'contain', background: '#ffffff00' }).png().toBuffer()
  return sharp(data).composite([{ input: small, gravity: 'centre' }])
}

/**
 * Draws a QR code as a PNG: a white card with round dots, dark on light, at most 1024 pixels wide. Meant to be shown
 * as a view's photo; words belong into the view's text. Throws a `RangeError` when the text does not fit (2953 bytes).
 */
export async function renderQr(text: string, options: QrOptions = {}): Promise<Uint8Array> {
  const bytes = Buffer.byteLength(text)
  const matrix = matrixOf(text, options.logo ? 'Q' : bytes <= 700 ? 'M' : 'L')
  // A hole of a fifth of the side covers 4 % of the modules; level Q mends 25 %.
  const hole = options.logo ? Math.floor(matrix.size / 5) | 1 : 0
  const drawn = sharp(Buffer.from(card(matrix, hole)))
  const share = (hole - 1) / (matrix.size + 2 * quiet)
  const picture = options.logo ? await withLogo(drawn, options.logo, share) : drawn
  return picture.png({ palette: true, colours: 16, compressionLevel: 9 }).toBuffer()
}
