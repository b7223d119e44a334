/** A square grey picture, one byte a pixel: all a QR code needs, and twenty times faster than rendering it from SVG. */
export class GreyCanvas {
  readonly side: number
  readonly pixels: Uint8Array
  constructor(side: number, shade: number) {
    this.side = side
    this.pixels = new Uint8Array(side * side).fill(shade)
  }

  /** A smooth rounded square: plain rows, and a mask for the corners alone. */
  square(left: number, top: number, size: number, radius: number, shade: number): void {
    const corner = Math.min(Math.ceil(radius), Math.floor(size / 2))
    for (let y = 0; y < size; y++) {
      const inset = y < corner || y >= size - corner ? corner : 0
      const row = (top + y) * this.side + left
      this.pixels.fill(shade, row + inset, row + size - inset)
    }
    const mask = roundedMask(2 * corner, radius)
    const place = (at: number) => (at < corner ? at : size - 2 * corner + at)
    for (let y = 0; y < 2 * corner; y++) {
      const row = (top + place(y)) * this.side + left
      for (let x = 0; x < 2 * corner; x++) this.#blend(row + place(x), mask[y * 2 * corner + x] ?? 0, shade)
    }
  }

  /** Blends `shade` in where the mask (0 … 1 for each pixel) covers. */
  stamp(left: number, top: number, mask: Float32Array, size: number, shade: number): void {
    for (let y = 0; y < size; y++) {
      const row = (top + y) * this.side + left
      for (let x = 0; x < size; x++) this.#blend(row + x, mask[y * size + x] ?? 0, shade)
    }
  }

  #blend(at: number, cover: number, shade: number): void {
    if (cover === 0) return
    const under = this.pixels[at] ?? 0
    this.pixels[at] = Math.round(under + (shade - under) * cover)
  }
}

/** How much of each pixel a rounded square of `size` covers; a radius of half the size makes a disc. */
export function roundedMask(size: number, radius: number): Float32Array {
  const mask = new Float32Array(size * size)
  const half = size / 2
  const overshoot = (at: number) => Math.max(0, Math.abs(at + 0.5 - half) - (half - radius))
  for (let y = 0; y < size; y++) {
    const dy = overshoot(y)
    for (let x = 0; x < size; x++) {
      const dx = overshoot(x)
      const outside = dx === 0 || dy === 0 ? Math.max(dx, dy) : Math.sqrt(dx * dx + dy * dy)
      mask[y * size + x] = Math.min(1, Math.max(0, radius - outside + 0.5))
    }
  }
  return mask
}
