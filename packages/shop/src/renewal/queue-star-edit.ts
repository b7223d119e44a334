import type { EntityManager } from '@vpn-kiosk/db'
import type { PaymentId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Telegram is told what is wished of a subscription. In the caller's transaction. */
export const queueStarEdit = ({ queue }: Pick<ShopDeps, 'queue'>, em: EntityManager, paymentId: PaymentId) =>
  queue.enqueue('edit-star-subscription', { paymentId }, { transaction: em.getTransactionContext(), key: paymentId })
