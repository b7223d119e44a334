import { PaymentMessageEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { MessagePlace } from './invoice-message.ts'

/** The message shows something else now, or the last that there is to say of its invoice. */
export async function forgetInvoiceMessage(
  { db }: Pick<ShopDeps, 'db'>,
  { botId, chatId, messageId }: MessagePlace,
): Promise<void> {
  await db.em().nativeDelete(PaymentMessageEntity, { botId: BigInt(botId), chatId: BigInt(chatId), messageId })
}
