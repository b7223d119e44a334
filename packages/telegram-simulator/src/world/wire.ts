/**
 * The shapes that travel over the Bot API, as far as the simulator speaks it (Bot API 10.3).
 * Optional fields may hold `undefined`: JSON leaves them out.
 */
export interface WireUser {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly last_name?: string | undefined
  readonly username?: string | undefined
  readonly language_code?: string | undefined
}

export interface WireChat {
  readonly id: number
  readonly type: 'private' | 'supergroup' | 'channel'
  readonly title?: string | undefined
  readonly username?: string | undefined
  readonly first_name?: string | undefined
  readonly last_name?: string | undefined
  readonly is_forum?: true | undefined
}

/** Offsets and lengths count UTF-16 units, as JavaScript strings do. */
export interface WireEntity {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string | undefined
  readonly user?: WireUser | undefined
  readonly language?: string | undefined
  readonly custom_emoji_id?: string | undefined
}

export interface InlineButton {
  readonly text: string
  readonly url?: string
  readonly callback_data?: string
  readonly web_app?: { readonly url: string }
  readonly copy_text?: { readonly text: string }
  readonly pay?: boolean
  readonly [other: string]: unknown
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[]
}

/** A message as a bot receives it; service messages carry their one field beside these. */
export interface WireMessage {
  readonly message_id: number
  readonly date: number
  readonly chat: WireChat
  readonly from?: WireUser | undefined
  readonly text?: string | undefined
  readonly caption?: string | undefined
  readonly [field: string]: unknown
}
