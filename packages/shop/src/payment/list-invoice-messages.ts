import type { CancelReason, Language, LocalizedText, OrderId, PaymentId, PaymentState, PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { ShownInvoice } from './invoice-message.ts'

interface Row {
  readonly chat_id: string
  readonly message_id: number
  readonly payment_id: PaymentId
  readonly state: PaymentState
  readonly is_order_paid: boolean
  readonly reason: CancelReason | null
  readonly plan_id: PlanId
  readonly title: LocalizedText
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
