import type { ShopDeps } from '../deps.ts'
import type { InvoiceMessage } from './invoice-message.ts'

/** Remembers where an invoice is shown, so that the message can say what became of it. */
export async function rememberInvoiceMessage(
  { db, queue, clock }: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  { botId, chatId, messageId, paymentId }: InvoiceMessage,
): Promise<void> {
  await db.transaction(async (em) => {
    const place = { bot_id: BigInt(botId), chat_id: BigInt(chatId), message_id: messageId }
    const what = { payment_id: paymentId, shown_at: clock.now() }
    const shown = await em
      .getKysely()
      .with('shown', (cte) =>
        cte
          .insertInto('payment_messages')
          .values({ ...place, ...what })
          .onConflict((conflict) => conflict.columns(['bot_id', 'chat_id', 'message_id']).doUpdateSet(what))
          .returning('payment_id'),
      )
      .selectFrom('payments as p')
      .innerJoin('shown', 'shown.payment_id', 'p.id')
      .select(['p.order_id', 'p.state'])
      .executeTakeFirst()
    // The payment may have ended while its message was on its way.
    if (!shown || shown.state === 'created' || shown.state === 'pending') return
    const transaction = em.getTransactionContext()
    await queue.enqueue('edit-invoice-messages', { orderId: shown.order_id }, { transaction })
  })
}
