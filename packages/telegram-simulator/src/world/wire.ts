import type {
  ApiMethods,
  Chat,
  ChatMember,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  LinkPreviewOptions,
  MenuButton,
  Message,
  MessageEntity,
  MessageOrigin,
  ReactionType,
  Update,
  User,
} from '@grammyjs/types'

/**
 * A type of the Bot API as the simulator writes it: nothing is changed in place, and an optional field may hold
 * `undefined`, which JSON leaves out.
 */
type Wire<T> = T extends readonly (infer Item)[]
  ? readonly Wire<Item>[]
  : T extends object
    ? { readonly [Field in keyof T]: Wire<T[Field]> | (object extends Pick<T, Field> ? undefined : never) }
    : T

export type WireUser = Wire<User>
export type WireChat = Wire<Chat>
export type WireMember = Wire<ChatMember>
/** Offsets and lengths count UTF-16 units, as JavaScript strings do. */
export type WireEntity = Wire<MessageEntity>
/** A message as a bot receives it; service messages carry their one field beside the common ones. */
export type WireMessage = Wire<Message>
/** A message in which these fields are surely there. */
export type WireMessageWith<Field extends keyof Message> = WireMessage & {
  readonly [Name in Field]: NonNullable<WireMessage[Name]>
}
export type WireOrigin = Wire<MessageOrigin>
export type WireReaction = Wire<ReactionType>
export type WireUpdate = Wire<Update>
export type UpdateKind = Exclude<keyof Update, 'update_id'>
export type WireMenuButton = Wire<MenuButton>
export type LinkPreview = Wire<LinkPreviewOptions>
export type InlineButton = Wire<InlineKeyboardButton>
export type InlineKeyboard = Wire<InlineKeyboardMarkup>

/** What the methods of the Bot API return, by their documented names. */
export type WireResults = {
  readonly [Name in keyof ApiMethods<never>]: Wire<ReturnType<ApiMethods<never>[Name]>>
}
