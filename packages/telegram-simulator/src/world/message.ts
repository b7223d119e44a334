import type { StoredFile } from './files.ts'
import type { InvoiceTerms } from './payment-desk.ts'
import type { InlineKeyboard, LinkPreview, WireEntity, WireMessage, WireOrigin } from './wire.ts'

export const mediaKinds = [
  'photo',
  'document',
  'video',
  'animation',
  'audio',
  'voice',
  'video_note',
  'sticker',
] as const
export type MediaKind = (typeof mediaKinds)[number]

/** What a message carries besides text: one file and how it is shown. */
export interface Media {
  readonly kind: MediaKind
  readonly file: StoredFile
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly duration?: number | undefined
  readonly spoiler?: boolean | undefined
}

/** Buttons under the text field of a person, or their removal. */
export interface ReplyKeyboard {
  readonly rows: readonly (readonly string[])[]
  readonly removed: boolean
}

/** A service message's one field, e.g. `{ forum_topic_closed: {} }`, or an invoice. A pinned message is named by its id. */
type Body = Pick<
  WireMessage,
  | 'forum_topic_created'
  | 'forum_topic_edited'
  | 'forum_topic_closed'
  | 'forum_topic_reopened'
  | 'new_chat_members'
  | 'left_chat_member'
  | 'invoice'
  | 'successful_payment'
  | 'refunded_payment'
> & { readonly pinned_message?: number }

/** What its author decides about a message. */
export interface Content {
  /** The text, or the caption where there is media. */
  readonly text?: string | undefined
  readonly entities?: readonly WireEntity[] | undefined
  readonly media?: Media | undefined
  readonly markup?: InlineKeyboard | undefined
  readonly keyboard?: ReplyKeyboard | undefined
  readonly albumId?: string | undefined
  readonly forwardOrigin?: WireOrigin | undefined
  readonly linkPreview?: LinkPreview | undefined
  readonly isProtected?: boolean | undefined
  readonly body?: Body | undefined
  readonly isService?: boolean | undefined
  /** What an invoice message asks for; its payload is the bot's alone. */
  readonly invoice?: InvoiceTerms | undefined
}
