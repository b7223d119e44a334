import { PaymentEntity } from '@vpn-kiosk/db'
import { balanceProvider, type CustomerId, type MethodId, methodIdOf } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** How a customer last paid a provider; null for who never did. */
export async function findLastMethod({ db }: Pick<ShopDeps, 'db'>, customerId: CustomerId): Promise<MethodId | null> {
  const paid = { customerId, state: 'paid' as const, provider: { $ne: balanceProvider } }
  const last = await db.em().findOne(PaymentEntity, paid, { orderBy: { createdAt: 'desc' } })
  return last && methodIdOf({ provider: last.provider, ...(last.method != null && { method: last.method }) })
}
