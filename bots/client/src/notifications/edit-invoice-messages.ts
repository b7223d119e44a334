import type { OrderId } from '@vpn-kiosk/domain'
import type { JobData, Shop, ShownInvoice } from '@vpn-kiosk/shop'
import { markupOf, previewOf, type Translations, unlessFailed } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { endedInvoiceView } from '../features/purchase/check-views.ts'

export interface EditInvoiceMessagesDeps {
  readonly shop: Pick<Shop, 'listInvoiceMessages' | 'forgetInvoiceMessage'>
  readonly api: Api
  readonly botId: number
  readonly translations: Translations
}

/** Each message that shows an invoice of this order says what became of it, and loses its pay button. */
export function editInvoiceMessages(
  deps: EditInvoiceMessagesDeps,
): (job: JobData<'edit-invoice-messages'>) => Promise<void> {
  return async ({ orderId }) => {
    const messages = await deps.shop.listInvoiceMessages(orderId as OrderId, deps.botId)
    for (const shown of messages) if (isEnded(shown)) await edit(deps, shown)
  }
}

const isEnded = ({ state, isOrderPaid }: ShownInvoice): boolean =>
  isOrderPaid || (state !== 'created' && state !== 'pending')

async function edit({ shop, api, translations }: EditInvoiceMessagesDeps, shown: ShownInvoice): Promise<void> {
  const view = endedInvoiceView(translations.translatorFor(shown.language), shown)
  await unlessFailed(['gone', 'not_modified', 'blocked', 'chat_missing', 'no_rights'], () =>
    api.editMessageText(shown.chatId, shown.messageId, view.text, {
      parse_mode: 'HTML',
      link_preview_options: previewOf(view),
      reply_markup: markupOf(view),
    }),
  )
  await shop.forgetInvoiceMessage(shown)
}
