import { type EntityManager, RenewalEntity, type StarSubscriptionRow } from '@vpn-kiosk/db'
import { nextStarsLookAt, type SubscriptionId } from '@vpn-kiosk/domain'

/** Telegram renews from now on, and nothing else does. The caller has locked the customer's subscription. */
export const turnStarRenewalOn = (
  em: EntityManager,
  subscriptionId: SubscriptionId,
  { paidUntil, amountMinor }: Pick<StarSubscriptionRow, 'paidUntil' | 'amountMinor'>,
  now: Date,
) =>
  em.upsert(RenewalEntity, {
    subscriptionId,
    source: 'stars',
    nextAt: nextStarsLookAt(paidUntil, now),
    endsAt: paidUntil,
    doneStep: null,
    announcedMinor: amountMinor,
    announcedCurrency: 'XTR',
    announcedAt: now,
    offReason: null,
    switchedAt: now,
  })
