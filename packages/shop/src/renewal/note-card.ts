import { type EntityManager, RenewalEntity, SavedCardEntity } from '@vpn-kiosk/db'
import { cutText, isBefore, newId, nextStepAt, type SavedMethod } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import type { StoredPayment } from '../payment/find-payment.ts'
import type { Extended } from '../subscription/extend-subscription.ts'
import { passedStep } from './get-renewal.ts'

/**
 * What the customer wished to be kept was kept: it takes the place of the one before, and renews the subscription from now
 * on, unless Telegram does. In the caller's transaction, which has locked the customer's subscription.
 */
export async function noteCard(
  deps: Pick<ShopDeps, 'vault' | 'queue'>,
  em: EntityManager,
  { customerId, provider }: Pick<StoredPayment, 'customerId' | 'provider'>,
  saved: SavedMethod,
  { id: subscriptionId, state, endsAt }: Extended['subscription'],
  now: Date,
): Promise<void> {
  const before = { customerId, provider, removedAt: null }
  await em.nativeUpdate(SavedCardEntity, before, { secret: null, removedAt: now })
  const id = newId('card')
  const secret = deps.vault.seal(saved.id, `saved_cards.secret:${id}`)
  const title = cutText(saved.title, 40)
  await em.insert(SavedCardEntity, { id, customerId, provider, secret, title, createdAt: now, removedAt: null })
  const isOn = await turnOn(em, { id: subscriptionId, state, endsAt }, now)
  const notification = { kind: 'card_saved', title, isOn } as const
  await queueNotification(deps, em, { customerId, key: `card_saved:${id}`, notification }, now)
}

async function turnOn(
  em: EntityManager,
  { id: subscriptionId, state, endsAt }: Extended['subscription'],
  now: Date,
): Promise<boolean> {
  const renewal = await em.findOne(RenewalEntity, { subscriptionId })
  if (renewal?.nextAt && renewal.source === 'stars') return false
  if (state === 'suspended' || !endsAt || !isBefore(now, endsAt)) return false
  const doneStep = passedStep(endsAt, now)
  await em.upsert(RenewalEntity, {
    subscriptionId,
    source: 'card',
    nextAt: nextStepAt(endsAt, doneStep),
    endsAt,
    doneStep,
    // The customer has agreed to no price yet: the first word of it is the announcement.
    announcedMinor: null,
    announcedCurrency: null,
    announcedAt: null,
    offReason: null,
    switchedAt: now,
  })
  return true
}
