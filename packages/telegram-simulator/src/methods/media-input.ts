import sharp from 'sharp'
import type { FormattedText } from '../text/entities.ts'
import { readCaption } from '../text/formatted-text.ts'
import { BotApiError, badRequest } from '../world/bot-api-error.ts'
import { readFileId, type StoredFile } from '../world/files.ts'
import { type Media, type MediaKind, mediaKinds } from '../world/message.ts'
import type { World } from '../world/world.ts'
import type { Call, UploadedFile } from './method.ts'
import { type Params, readFlag, readInteger, readText } from './params.ts'
import { readTextInput } from './send.ts'

const megabyte = 1024 * 1024
const wrongFile = 'wrong file identifier/HTTP URL specified'

const mimeTypes: Readonly<Record<MediaKind, string>> = {
  photo: 'image/jpeg',
  document: 'application/octet-stream',
  video: 'video/mp4',
  animation: 'video/mp4',
  audio: 'audio/mpeg',
  voice: 'audio/ogg',
  video_note: 'video/mp4',
  sticker: 'image/webp',
}

export interface MediaWithCaption {
  readonly media: Media
  /** Absent where there is no caption. */
  readonly caption: FormattedText | Record<string, never>
}

/** The file of `sendPhoto` and its like: uploaded, by file id, or by address. */
export async function readMedia(call: Call, kind: MediaKind): Promise<Media> {
  const value = readText(call.params, kind)
  const uploaded = value === undefined ? call.files.get(kind) : undefined
  if (value === undefined && !uploaded) throw badRequest(`there is no ${kind.replace('_', ' ')} in the request`)
  return createMedia(call, kind, uploaded ?? value!, call.params)
}

/** One `InputMedia*` object: its file and its caption. */
export async function readInputMedia(call: Call, input: Params): Promise<MediaWithCaption> {
  const kind = mediaKinds.find((known) => known === input.type)
  const source = readText(input, 'media')
  if (!kind) throw badRequest("can't parse InputMedia: type must be non-empty")
  if (!source) throw badRequest("can't parse InputMedia: media not found")
  const media = await createMedia(call, kind, source, input)
  return { media, caption: readCaptionOf(input) }
}

export function readCaptionOf(params: Params): FormattedText | Record<string, never> {
  const caption = readCaption(readTextInput(params, 'caption'))
  return caption.text === '' ? {} : caption
}

/** Stores bytes as a person's or a bot's upload and measures pictures. */
export async function storeMedia(
  world: World,
  kind: MediaKind,
  file: UploadedFile,
  hints: Params = {},
): Promise<Media> {
  if (file.bytes.length === 0) throw badRequest('file must be non-empty')
  if (file.bytes.length > (kind === 'photo' ? 10 : 50) * megabyte) {
    throw new BotApiError(413, 'Request Entity Too Large')
  }
  const size = kind === 'photo' || kind === 'sticker' ? await measure(file.bytes, kind) : {}
  return describeMedia(kind, world.files.add({ ...file, kind }), { ...hints, ...size })
}

async function createMedia(call: Call, kind: MediaKind, source: UploadedFile | string, hints: Params): Promise<Media> {
  if (typeof source !== 'string') return storeMedia(call.world, kind, source, hints)
  if (source.startsWith('attach://')) {
    const file = call.files.get(source.slice('attach://'.length))
    if (!file) throw badRequest(wrongFile)
    return storeMedia(call.world, kind, withMimeType(file, kind), hints)
  }
  if (/^https?:\/\//i.test(source)) return storeMedia(call.world, kind, await download(source, kind), hints)
  return reuse(call, kind, source, hints)
}

function reuse(call: Call, kind: MediaKind, fileId: string, hints: Params): Media {
  const key = readFileId(call.bot.user.id, fileId)
  const file = key === null ? undefined : call.world.files.find(key)
  if (!file) throw badRequest(wrongFile)
  if (file.kind !== kind) throw badRequest(`can't use file of type ${titleOf(file.kind)} as ${titleOf(kind)}`)
  return describeMedia(kind, file, hints)
}

function describeMedia(kind: MediaKind, file: StoredFile, hints: Params): Media {
  return {
    kind,
    file,
    width: readInteger(hints, 'width') ?? readInteger(hints, 'length'),
    height: readInteger(hints, 'height'),
    duration: readInteger(hints, 'duration'),
    spoiler: readFlag(hints, 'has_spoiler'),
  }
}

async function measure(bytes: Buffer, kind: MediaKind): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(bytes)
    .metadata()
    .catch(() => {
      throw badRequest('IMAGE_PROCESS_FAILED')
    })
  const isOdd = width + height > 10_000 || Math.max(width / height, height / width) > 20
  if (kind === 'photo' && isOdd) throw badRequest('PHOTO_INVALID_DIMENSIONS')
  return { width, height }
}

async function download(url: string, kind: MediaKind): Promise<UploadedFile> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => {
    throw badRequest('failed to get HTTP URL content')
  })
  if (!response.ok) throw badRequest('failed to get HTTP URL content')
  const bytes = Buffer.from(await response.arrayBuffer())
  if (bytes.length > (kind === 'photo' ? 5 : 20) * megabyte) throw badRequest('file is too big')
  const name = new URL(url).pathname.split('/').at(-1) || 'file'
  return { name, mimeType: response.headers.get('content-type') ?? mimeTypes[kind], bytes }
}

/** Bots rarely say what a file is; the kind of message tells. */
const withMimeType = (file: UploadedFile, kind: MediaKind): UploadedFile =>
  file.mimeType === 'application/octet-stream' ? { ...file, mimeType: guessMimeType(file.name, kind) } : file

const knownExtensions: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
  conf: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  zip: 'application/zip',
  ovpn: 'application/x-openvpn-profile',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  mp3: 'audio/mpeg',
}

/** What a file most likely is, by its name and then by how it was sent. */
export const guessMimeType = (name: string, kind: MediaKind): string =>
  knownExtensions[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? mimeTypes[kind]

const titleOf = (kind: string): string =>
  kind
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
