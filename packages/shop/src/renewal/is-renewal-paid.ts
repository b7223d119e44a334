import { type EntityManager, OrderEntity } from '@vpn-kiosk/db'
import type { RenewalCharge } from './store-renewal-order.ts'

/** Whether this end was paid for before, whatever has become of it since. */
export const isRenewalPaid = async (
  em: EntityManager,
  { customerId, requestId }: Pick<RenewalCharge, 'customerId' | 'requestId'>,
): Promise<boolean> => (await em.count(OrderEntity, { customerId, requestId, state: 'paid' })) > 0
