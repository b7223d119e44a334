import { GrammyError, HttpError } from 'grammy'

/**
 * What a failed Bot API call means, so that callers switch on a word and not on Telegram's sentences:
 * - `blocked` the person blocked the bot, was deactivated or never started it: mark unreachable, stop writing;
 * - `kicked` the bot is no longer in the group;
 * - `not_modified` the wanted state is there already: ignore;
 * - `gone` the message or the query is too old, deleted or not editable: send a new one;
 * - `too_many` wait `retryAfterMs`;
 * - `thread_missing` / `topic_closed` / `not_forum` / `no_rights` a support group's own troubles;
 * - `chat_missing` nobody there under this id;
 * - `migrated` the group has the new id `newChatId`;
 * - `unauthorized` the token was revoked; `conflict` another process polls, or a webhook is set;
 * - `unknown_outcome` no readable answer (network, 5xx, HTML): it may have happened;
 * - `other` our bug or something new.
 */
export type ApiFailureKind =
  | 'blocked'
  | 'kicked'
  | 'not_modified'
  | 'gone'
  | 'too_many'
  | 'thread_missing'
  | 'topic_closed'
  | 'not_forum'
  | 'no_rights'
  | 'chat_missing'
  | 'migrated'
  | 'unauthorized'
  | 'conflict'
  | 'unknown_outcome'
  | 'other'

export interface ApiFailure {
  readonly kind: ApiFailureKind
  /** Telegram's own sentence, or a neutral one; never holds the token. */
  readonly description: string
  /** Only with `too_many`. */
  readonly retryAfterMs?: number
  /** Only with `migrated`. */
  readonly newChatId?: number
}

// The server passes raw codes of the layer below through as "Bad Request: <CODE>", so everything is matched as a
// part of the sentence, in any case. The first match wins.
const sentences: readonly (readonly [ApiFailureKind, RegExp])[] = [
  ['not_modified', /message is not modified|topic_not_modified/i],
  ['thread_missing', /message thread not found|topic_deleted|topic_id_invalid/i],
  ['topic_closed', /topic_closed/i],
  ['not_forum', /chat is not a forum/i],
  ['no_rights', /not enough rights|chat_admin_required|need administrator rights/i],
  [
    'gone',
    /message to (?:edit|delete|copy|forward|be replied) not found|message can't be (?:deleted|edited)|message_id_invalid/i,
  ],
  ['gone', /query is too old|query id is invalid|there is no text in the message to edit/i],
  ['kicked', /bot was kicked|bot is not a member|group chat was deleted|group chat was deactivated/i],
  [
    'blocked',
    /bot was blocked|user is deactivated|can't initiate conversation|can't send messages to (?:the )?bots|user_is_blocked/i,
  ],
  ['chat_missing', /chat not found|chat_id is empty|peer_id_invalid|user not found/i],
]

/**
 * What a refusal of the Bot API means, whatever its words: see `ApiFailureKind`.
 *
 * @example
 * const { kind } = classifyApiError(error)
 * if (kind === 'blocked') await shop.markUnreachable(telegramId)
 */
export function classifyApiError(error: unknown): ApiFailure {
  if (error instanceof HttpError) return { kind: 'unknown_outcome', description: 'no readable answer from the Bot API' }
  if (!(error instanceof GrammyError))
    return { kind: 'other', description: error instanceof Error ? error.message : 'not an error' }
  const { description, error_code: status, parameters } = error
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: 'migrated', description, newChatId: parameters.migrate_to_chat_id }
  if (status === 429) return { kind: 'too_many', description, retryAfterMs: (parameters.retry_after ?? 1) * 1000 }
  if (status === 401) return { kind: 'unauthorized', description }
  if (status === 409) return { kind: 'conflict', description }
  if (status >= 500) return { kind: 'unknown_outcome', description }
  const found = sentences.find(([, pattern]) => pattern.test(description))
  return { kind: found?.[0] ?? 'other', description }
}

/**
 * Runs a call whose refusal of one of these kinds is as good as success; any other failure is thrown on.
 *
 * @example
 * await unlessFailed(['message_gone'], () => bot.api.deleteMessage(chatId, messageId))
 */
export async function unlessFailed<T>(kinds: readonly ApiFailureKind[], call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    if (kinds.includes(classifyApiError(error).kind)) return null
    throw error
  }
}
