import { type EntityManager, RenewalEntity } from '@vpn-kiosk/db'
import { type CustomerId, isBefore, nextStepAt, type RenewalSource } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { allowStarCharges } from './allow-star-charges.ts'
import { findCard } from './find-card.ts'
import { findCardCharge } from './find-card-charge.ts'
import { findRenewalPlan } from './find-renewal-plan.ts'
import { passedStep } from './get-renewal.ts'
import { isChargeable } from './is-chargeable.ts'
import { lockRenewal } from './lock-renewal.ts'

export interface RenewalWish {
  readonly source: RenewalSource
  /** The price on the screen that the customer agreed to, in minor units. */
  readonly minor: bigint
}

export type SwitchRenewalOnResult =
  | 'on'
  | 'banned'
  /** Nothing was bought yet, or the plan is not sold any more. */
  | 'plan_gone'
  /** Another price than the screen's holds now: the customer is asked again. */
  | 'price_changed'
  /** There is no end before which to renew: it has passed. */
  | 'ended'
  /** Stars: the customer has to turn it on in Telegram, which a bot cannot do. */
  | 'in_telegram'
  /** There is no saved card to charge. */
  | 'no_card'
  /** A charge of the card has begun, and may pay for this end already: the customer chooses once its end is known. */
  | 'charging'

/** The customer wants the subscription to be renewed by itself. Agreeing to the price on the screen announces this end. */
export const switchRenewalOn = (
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'policy' | 'providers'>,
  customerId: CustomerId,
  wish: RenewalWish,
): Promise<SwitchRenewalOnResult> => deps.db.transaction((em) => switchOn(deps, em, customerId, wish, deps.clock.now()))

async function switchOn(
  deps: Pick<ShopDeps, 'queue' | 'policy' | 'providers'>,
  em: EntityManager,
  customerId: CustomerId,
  { source, minor }: RenewalWish,
  now: Date,
): Promise<SwitchRenewalOnResult> {
  const locked = await lockRenewal(em, customerId)
  if (!locked) return 'plan_gone'
  const { subscription, isBanned, renewal } = locked
  if (isBanned) return 'banned'
  // Telegram charges already, and the balance would be charged too.
  if (renewal?.nextAt && renewal.source === 'stars') return 'on'
  if (source === 'stars') return (await allowStarCharges(deps, em, customerId, now)) ? 'in_telegram' : 'ended'
  const plan = await findRenewalPlan(deps, em, { subscriptionId: subscription.id, customerId }, now)
  if (!plan) return 'plan_gone'
  if (plan.price.minor !== minor) return 'price_changed'
  const { endsAt } = subscription
  if (!endsAt || !isBefore(now, endsAt)) return 'ended'
  if (renewal?.nextAt && renewal.source === source) return 'on'
  if (source === 'card' && !isChargeable(deps, await findCard(em, customerId), plan.price.currency)) return 'no_card'
  if (await findCardCharge(em, customerId)) return 'charging'
  const doneStep = passedStep(endsAt, now)
  await em.upsert(RenewalEntity, {
    subscriptionId: subscription.id,
    source,
    nextAt: nextStepAt(endsAt, doneStep),
    endsAt,
    doneStep,
    announcedMinor: plan.price.minor,
    announcedCurrency: plan.price.currency,
    // Long before the end it is announced all the same.
    announcedAt: doneStep ? now : null,
    offReason: null,
    switchedAt: now,
  })
  return 'on'
}
