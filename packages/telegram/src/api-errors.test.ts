import { GrammyError, HttpError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { type ApiFailureKind, classifyApiError, unlessFailed } from './api-errors.ts'

const refused = (error_code: number, description: string, parameters = {}) =>
  new GrammyError('refused', { ok: false, error_code, description, parameters }, 'sendMessage', {})

const known: readonly (readonly [ApiFailureKind, number, string])[] = [
  [
    'not_modified',
    400,
    'Bad Request: message is not modified: specified new message content and reply markup are exactly the same',
  ],
  ['gone', 400, 'Bad Request: message to edit not found'],
  ['gone', 400, 'Bad Request: message to be replied not found'],
  ['gone', 400, "Bad Request: message can't be edited"],
  ['gone', 400, 'Bad Request: query is too old and response timeout expired or query ID is invalid'],
  ['chat_missing', 400, 'Bad Request: chat not found'],
  ['chat_missing', 400, 'Bad Request: PEER_ID_INVALID'],
  ['thread_missing', 400, 'Bad Request: message thread not found'],
  ['thread_missing', 400, 'Bad Request: TOPIC_DELETED'],
  ['topic_closed', 400, 'Bad Request: TOPIC_CLOSED'],
  ['not_modified', 400, 'Bad Request: TOPIC_NOT_MODIFIED'],
  ['not_forum', 400, 'Bad Request: the chat is not a forum'],
  ['no_rights', 400, 'Bad Request: not enough rights to create a topic'],
  ['blocked', 403, 'Forbidden: bot was blocked by the user'],
  ['blocked', 403, 'Forbidden: user is deactivated'],
  ['blocked', 403, "Forbidden: bot can't initiate conversation with a user"],
  ['kicked', 403, 'Forbidden: bot was kicked from the supergroup chat'],
  ['kicked', 403, 'Forbidden: the group chat was deleted'],
  ['unauthorized', 401, 'Unauthorized: invalid token specified'],
  [
    'conflict',
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  ],
  ['unknown_outcome', 500, 'Internal Server Error: restart'],
  ['other', 400, "Bad Request: can't parse entities: Unsupported start tag"],
]

describe('classifyApiError', () => {
  test.each(known)('says %s for %i %s', (kind, status, description) => {
    expect(classifyApiError(refused(status, description)).kind).toBe(kind)
  })

  test('tells how long to wait and where a group moved', () => {
    expect(classifyApiError(refused(429, 'Too Many Requests: retry after 7', { retry_after: 7 }))).toMatchObject({
      kind: 'too_many',
      retryAfterMs: 7000,
    })
    const moved = refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: -1001,
    })
    expect(classifyApiError(moved)).toMatchObject({ kind: 'migrated', newChatId: -1001 })
  })

  test('calls an answer that could not be read an unknown outcome, without repeating the address', () => {
    const failure = classifyApiError(
      new HttpError('failed', new Error('https://api.telegram.org/bot1:secret/sendMessage')),
    )
    expect(failure.kind).toBe('unknown_outcome')
    expect(JSON.stringify(failure)).not.toContain('secret')
  })

  test('swallows only the kinds that were named', async () => {
    const gone = () => Promise.reject(refused(400, 'Bad Request: message to edit not found'))
    expect(await unlessFailed(['gone'], gone)).toBeNull()
    await expect(unlessFailed(['blocked'], gone)).rejects.toThrow('not found')
  })
})
