import { CustomerEntity, OrderEntity, PaymentEntity, type PaymentRow, PlanEntity } from '@vpn-kiosk/db'
import {
  type Currency,
  type CustomerId,
  type Language,
  type Money,
  money,
  type PaymentId,
  type PaymentState,
  type ProviderId,
  type Received,
} from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export interface PaymentLine {
  readonly id: PaymentId
  readonly state: PaymentState
  readonly amount: Money
  readonly received: Received | null
  readonly provider: ProviderId
  readonly planTitle: Readonly<Record<Language, string>>
  readonly customerName: string
  readonly customerId: CustomerId
  readonly createdAt: Date
  readonly paidAt: Date | null
}

export interface PaymentPage {
  readonly lines: readonly PaymentLine[]
  readonly page: number
  readonly pages: number
}

const pageSize = 8

/** Newest first; a customer's own, or everybody's for staff. `page` starts at 0 and is clamped. */
export async function listPayments(
  { db }: Pick<ShopDeps, 'db'>,
  of: { customerId?: CustomerId; page?: number },
): Promise<PaymentPage> {
  const em = db.em()
  const where = of.customerId ? { customerId: of.customerId } : {}
  const total = await em.count(PaymentEntity, where)
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(0, of.page ?? 0), pages - 1)
  const payments = await em.find(PaymentEntity, where, {
    orderBy: { createdAt: 'desc', id: 'desc' },
    limit: pageSize,
    offset: page * pageSize,
  })
  return { lines: await describe(em, payments), page, pages }
}

/** One payment as staff see it; null when there is none. */
export async function findPayment({ db }: Pick<ShopDeps, 'db'>, id: PaymentId): Promise<PaymentLine | null> {
  const em = db.em()
  const payment = await em.findOne(PaymentEntity, { id })
  return payment ? ((await describe(em, [payment]))[0] ?? null) : null
}

async function describe(em: ReturnType<ShopDeps['db']['em']>, payments: PaymentRow[]): Promise<PaymentLine[]> {
  const orders = await em.find(OrderEntity, { id: { $in: payments.map((payment) => payment.orderId) } })
  const plans = await em.find(PlanEntity, { id: { $in: orders.map((order) => order.planId) } })
  const customers = await em.find(CustomerEntity, { id: { $in: payments.map((payment) => payment.customerId) } })
  return payments.map((payment) => {
    const order = orders.find((one) => one.id === payment.orderId)
    const customer = customers.find((one) => one.id === payment.customerId)
    return {
      id: payment.id,
      state: payment.state,
      amount: money(payment.amountMinor, payment.currency),
      received: readStored(payment.receivedMinor, payment.receivedCurrency, payment.receivedRaw),
      provider: payment.provider,
      planTitle: plans.find((one) => one.id === order?.planId)?.title ?? { ru: '', en: '' },
      customerName: customer?.firstName ?? '',
      customerId: payment.customerId,
      createdAt: payment.createdAt,
      paidAt: payment.paidAt,
    }
  })
}

function readStored(minor: bigint | null, currency: Currency | null, raw: string | null | undefined): Received | null {
  if (minor !== null && currency !== null) return money(minor, currency)
  return raw ? { raw } : null
}
