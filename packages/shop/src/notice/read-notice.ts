import { CustomerEntity, NoticeEntity } from '@vpn-kiosk/db'
import type { Customer, CustomerNotice, Id } from '@vpn-kiosk/domain'
import { toCustomer } from '../customer/recognize-customer.ts'
import type { ShopDeps } from '../deps.ts'

export interface NoticeToSend {
  readonly customer: Customer
  readonly notice: CustomerNotice
}

/** What to tell and to whom; null when it was told already. */
export async function readNotice({ db }: Pick<ShopDeps, 'db'>, id: string): Promise<NoticeToSend | null> {
  const row = await db.em().findOne(NoticeEntity, { id: id as Id<'notice'>, state: 'queued' })
  if (!row) return null
  const customer = await db.em().findOneOrFail(CustomerEntity, { id: row.customerId })
  return { customer: toCustomer(customer), notice: row.notice }
}

/** Remembers how telling it ended, so that it is not told again. */
export async function closeNotice(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  id: string,
  outcome: 'sent' | 'unreachable',
): Promise<void> {
  await db.em().nativeUpdate(NoticeEntity, { id: id as Id<'notice'> }, { state: outcome, sentAt: clock.now() })
}
