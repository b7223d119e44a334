import type { CustomerId } from '@vpn-kiosk/domain'
import type { JobData, Key, Shop } from '@vpn-kiosk/shop'
import { markupOf, type Translations, unlessFailed } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { isComplete, isReady } from '../features/key/views.ts'
import { firstKeyView } from './notification-view.ts'

export interface CompleteKeyMessageDeps {
  readonly shop: Pick<Shop, 'getKey' | 'followKeyMessage'>
  readonly api: Api
  readonly botId: number
  readonly translations: Translations
}

/** The first message with a key says how many servers are ready: it is edited as the others follow, its picture stays. */
export function completeKeyMessage(
  deps: CompleteKeyMessageDeps,
): (job: JobData<'complete-key-message'>) => Promise<void> {
  return async (message) => {
    // A message of another bot cannot be edited by this one.
    if (message.botId !== deps.botId) return
    const customerId = message.customerId as CustomerId
    const key = await deps.shop.getKey(customerId)
    // What ended since then is told by a message of its own.
    if (!isReady(key)) return
    if (key.ready.count !== message.ready) await edit(deps, message, key)
    if (!isComplete(key))
      await deps.shop.followKeyMessage({ ...message, customerId, ready: key.ready.count, looks: message.looks + 1 })
  }
}

async function edit(
  { api, translations }: CompleteKeyMessageDeps,
  { chatId, messageId, reason }: JobData<'complete-key-message'>,
  key: Key,
): Promise<void> {
  const view = firstKeyView(translations.translatorFor(key.language), { key, qr: null, reason })
  await unlessFailed(['gone', 'not_modified', 'blocked', 'chat_missing', 'no_rights'], () =>
    api.editMessageCaption(chatId, messageId, {
      caption: view.text,
      parse_mode: 'HTML',
      reply_markup: markupOf(view),
    }),
  )
}
