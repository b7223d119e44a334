import { PaymentEntity } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { describePayments, type PaymentLine } from './list-payments.ts'

/** One payment as staff see it; null when there is none. */
export async function findPaymentLine({ db }: Pick<ShopDeps, 'db'>, id: PaymentId): Promise<PaymentLine | null> {
  const em = db.em()
  const payment = await em.findOne(PaymentEntity, { id })
  return payment ? ((await describePayments(em, [payment]))[0] ?? null) : null
}
