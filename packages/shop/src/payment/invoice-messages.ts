import { PaymentMessageEntity, runStatement } from '@vpn-kiosk/db'
import type { CancelReason, Language, OrderId, PaymentId, PaymentState, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** A message of one bot in one chat: neither number means anything alone. */
export interface MessagePlace {
  readonly botId: number
  readonly chatId: number
  readonly messageId: number
}

export interface InvoiceMessage extends MessagePlace {
  readonly paymentId: PaymentId
}

/** A message that shows an invoice, with how that stands now. */
export interface ShownInvoice extends InvoiceMessage {
  readonly state: PaymentState
  /** The order is paid, by this invoice or another one. */
  readonly isOrderPaid: boolean
  readonly reason: CancelReason | null
  readonly planId: PlanId
  readonly planTitle: Readonly<Record<Language, string>>
  readonly language: Language
}

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

const rememberStatement = `
  with shown as (
    insert into payment_messages (bot_id, chat_id, message_id, payment_id, shown_at) values ($1, $2, $3, $4, $5)
    on conflict (bot_id, chat_id, message_id) do update set payment_id = $4, shown_at = $5 returning payment_id
  )
  select payments.order_id, payments.state from payments join shown on shown.payment_id = payments.id`

/** The message shows something else now, or the last that there is to say of its invoice. */
export async function forgetInvoiceMessage(
  { db }: Pick<ShopDeps, 'db'>,
  { botId, chatId, messageId }: MessagePlace,
): Promise<void> {
  await db.em().nativeDelete(PaymentMessageEntity, { botId: BigInt(botId), chatId: BigInt(chatId), messageId })
}

/** The messages of one bot that show an invoice of this order. */
export async function listInvoiceMessages(
  { db }: Pick<ShopDeps, 'db'>,
  orderId: OrderId,
  botId: number,
): Promise<ShownInvoice[]> {
  const rows = await db.read<Row>(shownStatement, [orderId, botId])
  return rows.map((row) => ({
    botId,
    chatId: Number(row.chat_id),
    messageId: row.message_id,
    paymentId: row.payment_id,
    state: row.state,
    isOrderPaid: row.is_order_paid,
    reason: row.reason,
    planId: row.plan_id,
    planTitle: row.title,
    language: row.language,
  }))
}

interface Row {
  readonly chat_id: string
  readonly message_id: number
  readonly payment_id: PaymentId
  readonly state: PaymentState
  readonly is_order_paid: boolean
  readonly reason: CancelReason | null
  readonly plan_id: PlanId
  readonly title: Readonly<Record<Language, string>>
  readonly language: Language
}

const shownStatement = {
  name: 'invoice-messages',
  text: `select m.chat_id, m.message_id, m.payment_id, p.state, o.state = 'paid' as is_order_paid, p.reason,
      o.plan_id, plans.title, c.language
    from payments p
    join payment_messages m on m.payment_id = p.id and m.bot_id = $2
    join orders o on o.id = p.order_id
    join plans on plans.id = o.plan_id
    join customers c on c.id = p.customer_id
    where p.order_id = $1`,
}
