import { runStatement } from '@vpn-kiosk/db'
import type { OrderId, PaymentState } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { InvoiceMessage } from './invoice-message.ts'

const rememberStatement = `
  with shown as (
    insert into payment_messages (bot_id, chat_id, message_id, payment_id, shown_at) values ($1, $2, $3, $4, $5)
    on conflict (bot_id, chat_id, message_id) do update set payment_id = $4, shown_at = $5 returning payment_id
  )
  select payments.order_id, payments.state from payments join shown on shown.payment_id = payments.id`

/** Remembers where an invoice is shown, so that the message can say what became of it. */
export async function rememberInvoiceMessage(
  { db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  { botId, chatId, messageId, paymentId }: InvoiceMessage,
): Promise<void> {
  await db.transaction(async (em) => {
    const [shown] = await runStatement<{ order_id: OrderId; state: PaymentState }>(em, rememberStatement, [
      botId,
      chatId,
      messageId,
      paymentId,
      clock.now(),
    ])
    // The payment may have ended while its message was on its way.
    if (!shown || shown.state === 'created' || shown.state === 'pending') return
    const transaction = em.getTransactionContext()
    await queue.enqueue('edit-invoice-messages', { orderId: shown.order_id }, { transaction })
  })
}
