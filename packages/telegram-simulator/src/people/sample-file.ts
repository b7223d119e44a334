import sharp from 'sharp'
import { guessMimeType } from '../methods/media-input.ts'
import type { UploadedFile } from '../methods/method.ts'
import type { MediaKind } from '../world/message.ts'

export interface Upload {
  readonly name?: string | undefined
  readonly mimeType?: string | undefined
  readonly base64: string
}

const names: Readonly<Record<MediaKind, string>> = {
  photo: 'photo.png',
  document: 'note.txt',
  video: 'video.mp4',
  animation: 'animation.mp4',
  audio: 'song.mp3',
  voice: 'voice.ogg',
  video_note: 'round.mp4',
  sticker: 'sticker.webp',
}

/** The uploaded bytes, or a small file of that kind that serves where any will do. */
export async function fileFrom(kind: MediaKind, upload: Upload | undefined): Promise<UploadedFile> {
  const name = upload?.name ?? names[kind]
  const mimeType = upload?.mimeType ?? guessMimeType(name, kind)
  return { name, mimeType, bytes: upload ? Buffer.from(upload.base64, 'base64') : await sampleBytes(kind) }
}

async function sampleBytes(kind: MediaKind): Promise<Buffer> {
  if (kind === 'photo') return picture().png().toBuffer()
  if (kind === 'sticker') return picture().webp().toBuffer()
  if (kind === 'voice' || kind === 'audio') return Buffer.from('OggS sample sound')
  return Buffer.from(`A sample ${kind}.\n`)
}

const picture = () => sharp({ create: { width: 320, height: 240, channels: 3, background: '#4f8edc' } })
