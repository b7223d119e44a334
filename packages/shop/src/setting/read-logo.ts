import { createHash } from 'node:crypto'

/** What is kept of a logo. */
export const maxLogoBytes = 200 * 1024
/** What may be sent to become one. */
export const maxPictureBytes = 5 * 1024 * 1024

const minSide = 64
const sides = [512, 256, 128] as const
const formats = ['png', 'jpeg', 'webp']

export type ReadLogoResult =
  | { readonly kind: 'logo'; readonly png: Uint8Array; readonly version: string }
  | { readonly kind: 'logo_too_large'; readonly maxBytes: number }
  /** No PNG, JPEG or WebP, or a broken one. */
  | { readonly kind: 'logo_unreadable' }
  | { readonly kind: 'logo_too_small'; readonly minSide: number }
  | { readonly kind: 'logo_not_square'; readonly width: number; readonly height: number }

/** Makes a square picture that somebody sent into a small PNG without anything but its pixels. */
export async function readLogo(picture: Uint8Array): Promise<ReadLogoResult> {
  if (picture.byteLength > maxPictureBytes) return { kind: 'logo_too_large', maxBytes: maxPictureBytes }
  // Ten megabytes that a process without a new logo never needs.
  const { default: sharp } = await import('sharp')
  try {
    const { format, width, height } = await sharp(picture, limits).metadata()
    if (!formats.includes(format)) return { kind: 'logo_unreadable' }
    if (!isSquare(width, height)) return { kind: 'logo_not_square', width, height }
    if (width < minSide) return { kind: 'logo_too_small', minSide }
    for (const side of sides) {
      const size = Math.min(side, width)
      const png = await sharp(picture, limits)
        .resize(size, size, { fit: 'fill' })
        .png({ compressionLevel: 9 })
        .toBuffer()
      if (png.byteLength <= maxLogoBytes) return { kind: 'logo', png, version: versionOf(png) }
    }
    return { kind: 'logo_too_large', maxBytes: maxLogoBytes }
  } catch {
    return { kind: 'logo_unreadable' }
  }
}

const limits = { limitInputPixels: 4096 * 4096, failOn: 'error' } as const

/** A pixel or two are lost when a phone crops. */
const isSquare = (width: number, height: number): boolean => Math.abs(width - height) <= Math.max(width, height) / 50

const versionOf = (png: Uint8Array): string => createHash('sha256').update(png).digest('hex').slice(0, 12)
