import { Api } from 'grammy'
import type { Message } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { translations } from '../testing/support-harness.ts'
import { isPersonsEdit, relayEdit } from './relay-edit.ts'

const t = translations.translatorFor('en')
const chat = { id: 5551, type: 'private' as const, first_name: 'Anna' }
const from = { id: 5551, is_bot: false, first_name: 'Anna' }
const edited = (content: Partial<Message>): Message =>
  ({ message_id: 7, date: 1, edit_date: 2, chat, from, ...content }) as Message
const target = { chatId: -100, threadId: 3, copyMessageId: 70, t }

/** An Api that refuses the edits with these sentences, one after the other, and takes everything else. */
function apiRefusing(...refusals: { code: number; description: string }[]) {
  const calls: { method: string; payload: Record<string, unknown> }[] = []
  const api = new Api('1:test')
  api.config.use(async (_prev, method, payload) => {
    calls.push({ method, payload: payload as Record<string, unknown> })
    const refusal = method.startsWith('edit') ? refusals.shift() : undefined
    if (refusal) return { ok: false, error_code: refusal.code, description: refusal.description } as never
    return { ok: true, result: { message_id: 71 } } as never
  })
  return { api, calls }
}

const file = { file_id: 'new', file_unique_id: 'n' }
const media: [string, Partial<Message>][] = [
  ['photo', { photo: [{ ...file, width: 1, height: 1 }] }],
  ['video', { video: { ...file, width: 1, height: 1, duration: 1 } }],
  ['animation', { animation: { ...file, width: 1, height: 1, duration: 1 }, document: { ...file, file_id: 'twin' } }],
  ['document', { document: file }],
  ['audio', { audio: { ...file, duration: 1 } }],
]

describe('an edit', () => {
  test.each(media)(
    'that puts in another %s, or makes one of a text, changes the copy’s medium',
    async (type, content) => {
      const { api, calls } = apiRefusing()
      expect(await relayEdit(api, edited({ ...content, caption: 'look' }), target)).toBe(70)
      expect(calls).toMatchObject([
        { method: 'editMessageMedia', payload: { message_id: 70, media: { type, media: 'new', caption: 'look' } } },
      ])
    },
  )

  test('of words changes the words, of a voice message its caption', async () => {
    const { api, calls } = apiRefusing()
    await relayEdit(api, edited({ text: 'no typo' }), target)
    await relayEdit(api, edited({ voice: { ...file, duration: 1 }, caption: 'listen' }), target)
    expect(calls.map(({ method }) => method)).toEqual(['editMessageText', 'editMessageCaption'])
  })

  test.each([
    "Bad Request: message can't be edited",
    'Bad Request: message to edit not found',
    'Bad Request: there is no text in the message to edit',
    "Bad Request: can't use the media of the specified type in the album",
    'Bad Request: a sentence of next year',
  ])('refused with %j is sent anew, marked, in answer to the old copy', async (description) => {
    const { api, calls } = apiRefusing({ code: 400, description }, { code: 400, description })
    const entities = [{ type: 'italic' as const, offset: 0, length: 3 }]
    expect(await relayEdit(api, edited({ text: 'new words', entities }), target)).toBe(71)
    expect(await relayEdit(api, edited({ ...media[0]![1], caption: '' }), target)).toBe(71)
    expect(calls[1]).toMatchObject({
      method: 'sendMessage',
      payload: {
        chat_id: -100,
        message_thread_id: 3,
        text: '✏️ Edited\n\nnew words',
        reply_parameters: { message_id: 70, allow_sending_without_reply: true },
        entities: [
          { type: 'bold', offset: 0 },
          { type: 'italic', offset: 11 },
        ],
      },
    })
    expect(calls[3]).toMatchObject({
      method: 'copyMessage',
      payload: { from_chat_id: 5551, message_id: 7, caption: '✏️ Edited', reply_parameters: { message_id: 70 } },
    })
  })

  test('that changes nothing is done, one without a copy is sent at once, a flood is somebody else’s to wait for', async () => {
    const same = apiRefusing({ code: 400, description: 'Bad Request: message is not modified' })
    expect(await relayEdit(same.api, edited({ text: 'x' }), target)).toBe(70)
    expect(same.calls).toHaveLength(1)
    const none = apiRefusing()
    expect(await relayEdit(none.api, edited({ text: 'x' }), { ...target, copyMessageId: null })).toBe(71)
    expect(none.calls[0]?.payload).not.toHaveProperty('reply_parameters')
    const flood = apiRefusing({ code: 502, description: 'Bad Gateway' })
    await expect(relayEdit(flood.api, edited({ text: 'x' }), target)).rejects.toThrow('Bad Gateway')
    expect(flood.calls).toHaveLength(1)
  })

  test('of the longest text keeps to the limits of a message and of a caption, and breaks no emoji', async () => {
    const { api, calls } = apiRefusing()
    const long = { ...target, copyMessageId: null }
    await relayEdit(api, edited({ text: '😀'.repeat(2048) }), long)
    await relayEdit(api, edited({ ...media[0]![1], caption: '😀'.repeat(512) }), long)
    const [words, caption] = [String(calls[0]?.payload.text), String(calls[1]?.payload.caption)]
    expect([words.length <= 4096, caption.length <= 1024]).toEqual([true, true])
    expect(words.isWellFormed() && caption.isWellFormed()).toBe(true)
  })
})

test.each([
  [{ location: { latitude: 1, longitude: 2 } }, false],
  [{ poll: {} }, false],
  [{ text: 'x' }, true],
  [{ photo: [] }, true],
])('%j is an edit of a person: %j', (content, isEdit) => {
  expect(isPersonsEdit(edited(content as never))).toBe(isEdit)
})
