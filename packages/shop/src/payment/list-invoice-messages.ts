import { sql } from '@vpn-kiosk/db'
import type { CancelReason, OrderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { ShownInvoice } from './invoice-message.ts'

/** The messages of one bot that show an invoice of this order. */
export async function listInvoiceMessages(
  { db }: Pick<ShopDeps, 'db'>,
  orderId: OrderId,
  botId: number,
): Promise<ShownInvoice[]> {
  const rows = await db
    .getKysely()
    .selectFrom('payments as p')
    .innerJoin('payment_messages as m', 'm.payment_id', 'p.id')
    .innerJoin('orders as o', 'o.id', 'p.order_id')
    .leftJoin('plans', (join) => join.onRef('plans.id', '=', 'o.plan_id').on('o.kind', 'not in', ['top_up', 'addon']))
    .leftJoin('addons as a', (join) => join.onRef('a.id', '=', 'o.addon_id').on('o.kind', '=', 'addon'))
    .innerJoin('customers as c', 'c.id', 'p.customer_id')
    .select([
      'm.chat_id',
      'm.message_id',
      'm.payment_id',
      'p.state',
      'o.plan_id',
      'o.kind',
      'plans.title',
      'a.kind as addon_kind',
      'a.amount as addon_amount',
      'c.language',
    ])
    .select([sql<boolean>`o.state = 'paid'`.as('is_order_paid'), sql<CancelReason | null>`p.reason`.as('reason')])
    .where('p.order_id', '=', orderId)
    .where('m.bot_id', '=', String(botId))
    .execute()
  return rows.map((row) => ({
    botId,
    chatId: Number(row.chat_id),
    messageId: row.message_id,
    paymentId: row.payment_id,
    state: row.state,
    isOrderPaid: row.is_order_paid,
    reason: row.reason,
    planId: row.kind === 'addon' ? null : row.plan_id,
    isGift: row.kind === 'gift',
    addon: row.addon_kind && row.addon_amount ? { kind: row.addon_kind, amount: row.addon_amount } : null,
    planTitle: row.title,
    language: row.language,
  }))
}
