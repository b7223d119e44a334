import { badRequest } from '../world/bot-api-error.ts'
import { fileIdFor, readFileId, uniqueIdOf } from '../world/files.ts'
import type { MediaKind } from '../world/message.ts'
import { messageToWire, withFields } from '../world/render.ts'
import type { WireMessage, WireMessageWith, WireResults } from '../world/wire.ts'
import { type MediaWithCaption, readCaptionOf, readInputMedia, readMedia } from './media-input.ts'
import type { Call, Methods } from './method.ts'
import { isRecord, type Params, readList, readText } from './params.ts'
import { deliver, readDestination, sendContent } from './send.ts'

const downloadLimit = 20 * 1024 * 1024

const sendMedia =
  <Kind extends MediaKind>(kind: Kind) =>
  async (call: Call): Promise<WireMessageWith<Kind>> => {
    readDestination(call)
    const media = await readMedia(call, kind)
    const caption = kind === 'video_note' || kind === 'sticker' ? {} : readCaptionOf(call.params)
    return withFields(sendContent(call, { ...caption, media }), kind)
  }

/** Sending and fetching files. */
export const mediaMethods = {
  sendPhoto: sendMedia('photo'),
  sendDocument: sendMedia('document'),
  sendVideo: sendMedia('video'),
  sendAnimation: async (call) => withFields(await sendMedia('animation')(call), 'animation', 'document'),
  sendAudio: sendMedia('audio'),
  sendVoice: sendMedia('voice'),
  sendVideoNote: sendMedia('video_note'),
  sendSticker: sendMedia('sticker'),

  sendMediaGroup: async (call) => {
    const destination = readDestination(call)
    const inputs = (readList(call.params, 'media') ?? []).filter(isRecord)
    assertAlbum(inputs)
    const items: MediaWithCaption[] = []
    for (const input of inputs) items.push(await readInputMedia(call, input))
    const albumId = items.length > 1 ? call.world.nextAlbumId() : undefined
    const messages = items.map(({ media, caption }) => deliver(call, destination, { ...caption, media, albumId }))
    return messages.map((message) => albumItemToWire(messageToWire(message, call.bot.user.id)))
  },

  getFile: (call) => {
    const file = getOwnFile(call)
    if (file.bytes.length > downloadLimit) throw badRequest('file is too big')
    return {
      file_id: fileIdFor(call.bot.user.id, file),
      file_unique_id: uniqueIdOf(file),
      file_size: file.bytes.length,
      file_path: file.path,
    }
  },
} satisfies Methods

function getOwnFile(call: Call) {
  const fileId = readText(call.params, 'file_id')
  if (!fileId) throw badRequest('file_id not specified')
  const key = readFileId(call.bot.user.id, fileId)
  if (key === null) throw badRequest('invalid file_id')
  const file = call.world.files.find(key)
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  return file
}

function albumItemToWire(message: WireMessage): WireResults['sendMediaGroup'][number] {
  if (message.photo) return withFields(message, 'photo')
  if (message.video) return withFields(message, 'video')
  return message.audio ? withFields(message, 'audio') : withFields(message, 'document')
}

/** Up to ten, photos with videos; documents and music only among their own kind. */
function assertAlbum(inputs: readonly Params[]): void {
  if (inputs.length === 0) throw badRequest('there are no messages to send')
  if (inputs.length > 10) throw badRequest('too many messages to send as an album')
  const kinds = new Set(inputs.map((input) => String(input.type)))
  for (const kind of ['document', 'audio']) {
    if (kinds.has(kind) && kinds.size > 1) {
      const title = kind.charAt(0).toUpperCase() + kind.slice(1)
      throw badRequest(`${title} can't be mixed with other media types`)
    }
  }
}
