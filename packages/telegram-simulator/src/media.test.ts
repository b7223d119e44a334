import { InputFile } from 'grammy'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { chat, createBot, openScene, type Scene } from './testing/bot-harness.ts'

async function openDialogue(): Promise<Scene & { readonly bot: ReturnType<typeof createBot> }> {
  const scene = await openScene()
  scene.people.start({ person: scene.anna, bot: chat })
  return { ...scene, bot: createBot(scene) }
}

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 400, height: 200, channels: 3, background: '#123456' } })
    .png()
    .toBuffer()

test('an uploaded picture is seen by the person, sent again by its id and downloaded byte for byte', async () => {
  const { bot, people, anna, simulator } = await openDialogue()
  const bytes = await picture()

  const message = await bot.api.sendPhoto(anna, new InputFile(bytes, 'qr code.png'), {
    caption: '<b>Your key</b>',
    parse_mode: 'HTML',
  })
  const again = await bot.api.sendPhoto(anna, message.photo.at(-1)!.file_id)
  const file = await bot.api.getFile(again.photo.at(-1)!.file_id)
  const download = await fetch(`${simulator.apiRoot}/file/bot${bot.token}/${file.file_path}`)

  expect(message).toMatchObject({ caption: 'Your key', caption_entities: [{ type: 'bold', offset: 0, length: 8 }] })
  expect(message.photo.at(-1)).toMatchObject({ width: 400, height: 200, file_size: bytes.length })
  expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes)
  const seen = people.transcript({ person: anna, chat }).at(-2)
  expect(seen?.media).toMatchObject({ kind: 'photo', mimeType: 'image/png', width: 400 })
  expect(people.getFile(seen!.media!.fileKey).bytes).toEqual(bytes)
})

test('a document keeps its name', async () => {
  const { bot, anna } = await openDialogue()

  const message = await bot.api.sendDocument(anna, new InputFile(Buffer.from('[Interface]'), 'kiosk.conf'))

  expect(message.document).toMatchObject({ file_name: 'kiosk.conf', mime_type: 'text/plain', file_size: 11 })
})

test('what is no picture, or another kind of file, is refused', async () => {
  const { bot, anna } = await openDialogue()
  const document = await bot.api.sendDocument(anna, new InputFile(Buffer.from('x'), 'x.txt'))

  await expect(bot.api.sendPhoto(anna, new InputFile(Buffer.from('x'), 'x.png'))).rejects.toThrow(
    'IMAGE_PROCESS_FAILED',
  )
  await expect(bot.api.sendPhoto(anna, document.document.file_id)).rejects.toThrow(
    "can't use file of type Document as Photo",
  )
  await expect(bot.api.sendPhoto(anna, 'nonsense')).rejects.toThrow('wrong file identifier/HTTP URL specified')
  const long = bot.api.sendDocument(anna, new InputFile(Buffer.from('x'), 'x'), { caption: 'x'.repeat(1025) })
  await expect(long).rejects.toThrow('message caption is too long')
})

test('an album of a person arrives as messages of one group and is copied as one', async () => {
  const { bot, people, anna } = await openDialogue()
  await people.sendAlbum({
    person: anna,
    chat,
    items: [{ kind: 'photo', caption: 'look' }, { kind: 'photo' }, { kind: 'video' }],
  })
  const updates = await bot.api.getUpdates()
  const messages = updates.flatMap(({ message }) => (message?.media_group_id ? [message] : []))

  const copies = await bot.api.copyMessages(
    anna,
    anna,
    messages.map(({ message_id }) => message_id),
  )

  expect(new Set(messages.map(({ media_group_id }) => media_group_id)).size).toBe(1)
  expect(copies).toHaveLength(3)
  const seen = people.transcript({ person: anna, chat }).slice(-3)
  expect(seen.map(({ media }) => media?.kind)).toEqual(['photo', 'photo', 'video'])
  expect(new Set(seen.map(({ albumId }) => albumId)).size).toBe(1)
  expect(seen[0]!.text).toBe('look')
})

test('a bot sends an album from uploads', async () => {
  const { bot, people, anna } = await openDialogue()
  const bytes = await picture()

  const messages = await bot.api.sendMediaGroup(anna, [
    { type: 'photo', media: new InputFile(bytes, 'a.png'), caption: 'two' },
    { type: 'photo', media: new InputFile(bytes, 'b.png') },
  ])

  expect(messages).toHaveLength(2)
  expect(
    people
      .transcript({ person: anna, chat })
      .slice(-2)
      .every(({ albumId }) => albumId !== null),
  ).toBe(true)
})

test.each(['photo', 'document', 'video', 'voice', 'audio', 'animation', 'video_note', 'sticker'] as const)(
  'a %s of a person is relayed by copy',
  async (kind) => {
    const { bot, people, anna } = await openDialogue()
    const { id } = await people.sendMedia({ person: anna, chat, kind })

    const copy = await bot.api.copyMessage(anna, anna, id)

    const [last] = people.transcript({ person: anna, chat }).slice(-1)
    expect(last).toMatchObject({ id: copy.message_id, isMine: false, media: { kind } })
  },
)

test('a picture with its caption is edited in place', async () => {
  const { bot, people, anna } = await openDialogue()
  const { message_id } = await bot.api.sendPhoto(anna, new InputFile(await picture()), { caption: 'one' })

  await bot.api.editMessageCaption(anna, message_id, { caption: 'two' })
  await bot.api.editMessageMedia(anna, message_id, {
    type: 'document',
    media: new InputFile(Buffer.from('x'), 'x.txt'),
    caption: 'three',
  })

  await expect(bot.api.editMessageText(anna, message_id, 'x')).rejects.toThrow(
    'there is no text in the message to edit',
  )
  expect(people.transcript({ person: anna, chat }).at(-1)).toMatchObject({ text: 'three', media: { kind: 'document' } })
})
