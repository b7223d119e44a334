import { CustomerEntity, type EntityManager, PaymentEntity } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'

/** A trial is for whoever has had none and has paid for nothing. */
export const mayTry = async (em: EntityManager, id: CustomerId): Promise<boolean> =>
  (await em.count(CustomerEntity, { id, trialUsedAt: null })) > 0 && !(await hasPaid(em, id))

export const hasPaid = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em.count(PaymentEntity, { customerId, state: 'paid' })) > 0
