/** A channel or group that people join before they use the shop for free. */
export interface RequiredChannel {
  /** Telegram's id of the chat, as decimal digits: `-1001234567890`. */
  readonly chatId: string
  readonly title: string
  /** Where it is joined. */
  readonly link: string
}

/** The channels, and what they are required for. Whoever has paid is never asked. */
export interface ChannelRules {
  readonly channels: readonly RequiredChannel[]
  /** A trial begins only for members. */
  readonly isForTrial: boolean
  /** A trial works only for members: who leaves is held until they return, while its time goes on. */
  readonly isForUse: boolean
}

export const noChannels: ChannelRules = { channels: [], isForTrial: true, isForUse: false }

/** So many links fit on a screen that nobody leaves at once. */
export const mostChannels = 5
