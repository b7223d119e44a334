import { readFileSync } from 'node:fs'
import type { Opts } from 'grammy/types'
import { expect, test } from 'vitest'
import { chat } from '../testing/bot-harness.ts'
import { buy, findQuery, openStage, order, type Stage, upload } from '../testing/method-stage.ts'
import type { WireResults } from '../world/wire.ts'
import { findMethod, type SimulatedMethod } from './registry.ts'

/** What to ask, and every field that the answer must have by its documented type. */
interface Example<Name extends SimulatedMethod> {
  /** Absent: nothing. */
  readonly ask?: (stage: Stage) => Opts<Name> | Promise<Opts<Name>>
  readonly answer: WireResults[Name]
}

const anyNumber = expect.any(Number)
const anyText = expect.any(String)
const anyFlag = expect.any(Boolean)
const user = { id: anyNumber, is_bot: anyFlag, first_name: anyText }
const message = {
  message_id: anyNumber,
  date: anyNumber,
  chat: { id: anyNumber, type: 'private', first_name: 'Anna' },
} as const
const file = { file_id: anyText, file_unique_id: anyText }
const sized = { ...file, width: anyNumber, height: anyNumber }
const inviteLink = 'https://t.me/+invite1001000000001'
const invoice = { title: 'Month', description: 'A month', currency: 'XTR', total_amount: 150, start_parameter: '' }
const toAnna = ({ anna }: Stage) => ({ chat_id: anna })
const toGroup = ({ group }: Stage) => ({ chat_id: group })
const toTopic = ({ group, topic }: Stage) => ({ chat_id: group, message_thread_id: topic })
const toSaid = ({ anna, said }: Stage) => ({ chat_id: anna, message_id: said })
const toBoris = ({ group, boris }: Stage) => ({ chat_id: group, user_id: boris })
const toCopy = (stage: Stage) => ({ ...toAnna(stage), from_chat_id: stage.anna })
const done = { answer: true } as const

const examples: { readonly [Name in SimulatedMethod]: Example<Name> } = {
  getUpdates: {
    answer: expect.arrayContaining([{ update_id: anyNumber, message: expect.anything() }]),
  },
  setWebhook: { ask: () => ({ url: 'http://127.0.0.1:9/hook' }), ...done },
  deleteWebhook: done,
  getWebhookInfo: {
    answer: { url: '', has_custom_certificate: false, pending_update_count: anyNumber },
  },
  logOut: done,
  close: done,

  getMe: {
    answer: {
      id: 100,
      is_bot: true,
      first_name: 'Shop',
      username: 'shop_bot',
      can_join_groups: anyFlag,
      can_read_all_group_messages: anyFlag,
      supports_inline_queries: anyFlag,
      can_connect_to_business: anyFlag,
      has_main_web_app: anyFlag,
      has_topics_enabled: anyFlag,
      allows_users_to_create_topics: anyFlag,
      can_manage_bots: anyFlag,
      supports_join_request_queries: anyFlag,
    },
  },
  setMyCommands: { ask: () => ({ commands: [{ command: 'start', description: 'Start' }] }), ...done },
  getMyCommands: {
    ask: async ({ bot }) => {
      await bot.api.setMyCommands([{ command: 'start', description: 'Start' }])
      return {}
    },
    answer: [{ command: 'start', description: 'Start' }],
  },
  deleteMyCommands: done,
  setMyName: { ask: () => ({ name: 'Kiosk' }), ...done },
  getMyName: { answer: { name: 'Shop' } },
  setMyDescription: { ask: () => ({ description: 'Sells' }), ...done },
  getMyDescription: { answer: { description: '' } },
  setMyShortDescription: { ask: () => ({ short_description: 'Sells' }), ...done },
  getMyShortDescription: { answer: { short_description: '' } },
  setMyDefaultAdministratorRights: done,
  setChatMenuButton: { ask: (stage) => ({ ...toAnna(stage), menu_button: { type: 'commands' } }), ...done },
  getChatMenuButton: {
    ask: async (stage) => {
      const menu_button = { type: 'web_app', text: 'Open', web_app: { url: 'https://shop.test' } } as const
      await stage.bot.api.setChatMenuButton({ ...toAnna(stage), menu_button })
      return toAnna(stage)
    },
    answer: { type: 'web_app', text: 'Open', web_app: { url: 'https://shop.test' } },
  },

  sendMessage: { ask: (stage) => ({ ...toAnna(stage), text: 'Hello' }), answer: { ...message, text: 'Hello' } },
  sendChatAction: { ask: (stage) => ({ ...toAnna(stage), action: 'typing' }), ...done },
  deleteMessage: { ask: toSaid, ...done },
  deleteMessages: { ask: (stage) => ({ ...toAnna(stage), message_ids: [stage.said] }), ...done },
  setMessageReaction: {
    ask: (stage) => ({ ...toSaid(stage), reaction: [{ type: 'emoji', emoji: '\u{1F44D}' }] }),
    ...done,
  },
  pinChatMessage: { ask: toSaid, ...done },
  unpinChatMessage: {
    ask: async (stage) => {
      await stage.bot.api.pinChatMessage(stage.anna, stage.said)
      return toSaid(stage)
    },
    ...done,
  },
  unpinAllChatMessages: { ask: toAnna, ...done },
  answerCallbackQuery: {
    ask: async (stage) => {
      void stage.people.press({ person: stage.anna, chat, text: 'Buy' })
      return { callback_query_id: (await findQuery(stage, 'callback_query')).id }
    },
    ...done,
  },

  editMessageText: {
    ask: (stage) => ({ ...toSaid(stage), text: 'Edited' }),
    answer: { ...message, edit_date: anyNumber, text: 'Edited' },
  },
  editMessageCaption: {
    ask: async (stage) => {
      const { message_id } = await stage.bot.api.sendPhoto(stage.anna, await upload('photo'))
      return { ...toAnna(stage), message_id, caption: 'Edited' }
    },
    answer: { ...message, edit_date: anyNumber, caption: 'Edited' },
  },
  editMessageMedia: {
    ask: async (stage) => ({ ...toSaid(stage), media: { type: 'photo', media: await upload('photo') } }),
    answer: { ...message, edit_date: anyNumber, photo: expect.arrayContaining([expect.objectContaining(sized)]) },
  },
  editMessageReplyMarkup: {
    ask: (stage) => ({ ...toSaid(stage), reply_markup: { inline_keyboard: [[{ text: 'Sell', callback_data: 's' }]] } }),
    answer: {
      ...message,
      edit_date: anyNumber,
      reply_markup: { inline_keyboard: [[{ text: 'Sell', callback_data: 's' }]] },
    },
  },

  sendPhoto: {
    ask: async (stage) => ({ ...toAnna(stage), photo: await upload('photo') }),
    answer: { ...message, photo: expect.arrayContaining([expect.objectContaining(sized)]) },
  },
  sendDocument: {
    ask: async (stage) => ({ ...toAnna(stage), document: await upload('document') }),
    answer: { ...message, document: file },
  },
  sendVideo: {
    ask: async (stage) => ({ ...toAnna(stage), video: await upload('video') }),
    answer: { ...message, video: { ...sized, duration: anyNumber } },
  },
  sendAnimation: {
    ask: async (stage) => ({ ...toAnna(stage), animation: await upload('animation') }),
    answer: { ...message, animation: { ...sized, duration: anyNumber }, document: file },
  },
  sendAudio: {
    ask: async (stage) => ({ ...toAnna(stage), audio: await upload('audio') }),
    answer: { ...message, audio: { ...file, duration: anyNumber } },
  },
  sendVoice: {
    ask: async (stage) => ({ ...toAnna(stage), voice: await upload('voice') }),
    answer: { ...message, voice: { ...file, duration: anyNumber } },
  },
  sendVideoNote: {
    ask: async (stage) => ({ ...toAnna(stage), video_note: await upload('video_note') }),
    answer: { ...message, video_note: { ...file, length: anyNumber, duration: anyNumber } },
  },
  sendSticker: {
    ask: async (stage) => ({ ...toAnna(stage), sticker: await upload('sticker') }),
    answer: { ...message, sticker: { ...sized, type: 'regular', is_animated: false, is_video: false } },
  },
  sendMediaGroup: {
    ask: async (stage) => ({
      ...toAnna(stage),
      media: [
        { type: 'photo', media: await upload('photo') },
        { type: 'video', media: await upload('video') },
      ],
    }),
    answer: [
      { ...message, media_group_id: anyText, photo: expect.any(Array) },
      { ...message, media_group_id: anyText, video: { ...sized, duration: anyNumber } },
    ],
  },
  getFile: {
    ask: async (stage) => {
      const { document } = await stage.bot.api.sendDocument(stage.anna, await upload('document'))
      return { file_id: document.file_id }
    },
    answer: { ...file, file_size: anyNumber, file_path: anyText },
  },

  copyMessage: {
    ask: (stage) => ({ ...toCopy(stage), message_id: stage.said }),
    answer: { message_id: anyNumber },
  },
  copyMessages: {
    ask: (stage) => ({ ...toCopy(stage), message_ids: [stage.said] }),
    answer: [{ message_id: anyNumber }],
  },
  forwardMessage: {
    ask: (stage) => ({ ...toCopy(stage), message_id: stage.said }),
    answer: { ...message, forward_origin: { type: 'user', sender_user: user, date: anyNumber } },
  },
  forwardMessages: {
    ask: (stage) => ({ ...toCopy(stage), message_ids: [stage.said] }),
    answer: [{ message_id: anyNumber }],
  },

  createForumTopic: {
    ask: (stage) => ({ ...toGroup(stage), name: 'Second' }),
    answer: { message_thread_id: anyNumber, name: 'Second', icon_color: anyNumber },
  },
  editForumTopic: { ask: (stage) => ({ ...toTopic(stage), name: 'Renamed' }), ...done },
  closeForumTopic: { ask: toTopic, ...done },
  reopenForumTopic: {
    ask: async (stage) => {
      await stage.bot.api.closeForumTopic(stage.group, stage.topic)
      return toTopic(stage)
    },
    ...done,
  },
  deleteForumTopic: { ask: toTopic, ...done },
  unpinAllForumTopicMessages: { ask: toTopic, ...done },
  editGeneralForumTopic: { ask: (stage) => ({ ...toGroup(stage), name: 'Hall' }), ...done },
  closeGeneralForumTopic: { ask: toGroup, ...done },
  reopenGeneralForumTopic: {
    ask: async (stage) => {
      await stage.bot.api.closeGeneralForumTopic(stage.group)
      return toGroup(stage)
    },
    ...done,
  },
  getForumTopicIconStickers: {
    answer: expect.arrayContaining([
      expect.objectContaining({ ...sized, type: 'custom_emoji', is_animated: true, is_video: false }),
    ]),
  },

  getChat: {
    ask: toGroup,
    answer: {
      id: anyNumber,
      type: 'supergroup',
      title: 'Desk',
      is_forum: true,
      accent_color_id: anyNumber,
      max_reaction_count: anyNumber,
      accepted_gift_types: {
        unlimited_gifts: anyFlag,
        limited_gifts: anyFlag,
        unique_gifts: anyFlag,
        premium_subscription: anyFlag,
        gifts_from_channels: anyFlag,
      },
    },
  },
  getChatMember: { ask: toBoris, answer: { status: 'member', user } },
  getChatAdministrators: {
    ask: toGroup,
    answer: [
      { status: 'creator', user, is_anonymous: false },
      {
        status: 'administrator',
        user,
        can_be_edited: false,
        is_anonymous: false,
        can_manage_chat: true,
        can_delete_messages: true,
        can_manage_video_chats: true,
        can_restrict_members: true,
        can_promote_members: true,
        can_change_info: true,
        can_invite_users: true,
        can_post_stories: false,
        can_edit_stories: false,
        can_delete_stories: false,
        can_send_welcome_messages: false,
      },
    ],
  },
  getChatMemberCount: { ask: toGroup, answer: 3 },
  banChatMember: { ask: toBoris, ...done },
  unbanChatMember: { ask: toBoris, ...done },
  leaveChat: { ask: toGroup, ...done },
  exportChatInviteLink: { ask: toGroup, answer: inviteLink },
  createChatInviteLink: {
    ask: toGroup,
    answer: {
      invite_link: inviteLink,
      creator: user,
      creates_join_request: false,
      is_primary: false,
      is_revoked: false,
    },
  },

  sendInvoice: { ask: (stage) => ({ ...toAnna(stage), ...order }), answer: { ...message, invoice } },
  createInvoiceLink: { ask: () => order, answer: expect.stringMatching(/^https:\/\/t\.me\/\$/) },
  answerPreCheckoutQuery: {
    ask: async (stage) => {
      await stage.bot.api.raw.sendInvoice({ ...toAnna(stage), ...order })
      void stage.people.pay({ person: stage.anna, bot: chat })
      return { pre_checkout_query_id: (await findQuery(stage, 'pre_checkout_query')).id, ok: true }
    },
    ...done,
  },
  refundStarPayment: {
    ask: async (stage) => ({ user_id: stage.anna, telegram_payment_charge_id: await buy(stage) }),
    ...done,
  },
  editUserStarSubscription: {
    ask: async (stage) => ({
      user_id: stage.anna,
      telegram_payment_charge_id: await buy(stage, { subscription_period: 2_592_000 }),
      is_canceled: true,
    }),
    ...done,
  },
  getStarTransactions: {
    ask: async (stage) => {
      await buy(stage)
      return {}
    },
    answer: {
      transactions: [
        {
          id: anyText,
          amount: 150,
          date: anyNumber,
          source: { type: 'user', transaction_type: 'invoice_payment', user, invoice_payload: 'p1' },
        },
      ],
    },
  },
  getMyStarBalance: { answer: { amount: 0 } },
}

const names = Object.keys(examples) as SimulatedMethod[]

test.each(names)('%s answers in the documented shape', async (name) => {
  const stage = await openStage()
  const { ask, answer } = examples[name]
  const raw = stage.bot.api.raw as unknown as Record<string, (asked?: unknown) => Promise<unknown>>

  const result = ask ? await raw[name]!(await ask(stage)) : await raw[name]!()

  // A bare value can't be matched in part.
  expect({ result }).toMatchObject({ result: answer })
  expect(JSON.stringify(result)).not.toContain(':null')
  expect(findMethod(name)?.name).toBe(name)
})

test('the README lists every method', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const list = /\*\*Methods\*\*: ([\s\S]*?)\.\n/.exec(readme)?.[1] ?? ''
  expect(list.split(/[\s,\u00b7]+/).sort()).toEqual([...names].sort())
})

test('a webhook that has not failed tells no failure', async () => {
  const { bot } = await openStage()
  await bot.api.setWebhook('http://127.0.0.1:9/hook', { drop_pending_updates: true })
  expect(await bot.api.getWebhookInfo()).not.toHaveProperty('last_error_date')
})
