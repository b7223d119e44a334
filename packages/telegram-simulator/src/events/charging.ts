import type { PrivateChat } from '../world/chat.ts'
import type { Charge, InvoiceTerms, StarSubscription } from '../world/payment-desk.ts'
import type { World } from '../world/world.ts'
import { post } from './post.ts'

export type PayResult =
  | { readonly kind: 'paid'; readonly chargeId: string }
  | { readonly kind: 'refused'; readonly message: string }
  /** The bot didn't answer the pre-checkout query within ten seconds. */
  | { readonly kind: 'timeout' }

/** A person pays an invoice: the bot is asked first, then told. */
export async function payInvoice(world: World, chat: PrivateChat, terms: InvoiceTerms): Promise<PayResult> {
  const { bot, person } = chat
  const id = world.payments.takeId('7')
  const answered = world.payments.waitForAnswer(id, bot.user.id)
  const { currency, totalAmount: total_amount, payload: invoice_payload } = terms
  const query = { id, from: person.user, currency, total_amount, invoice_payload }
  bot.inbox.push('pre_checkout_query', query, `pay:${person.user.id}`)
  const answer = await answered
  if (!answer) return { kind: 'timeout' }
  if (!answer.ok) return { kind: 'refused', message: answer.message }
  if (world.payments.without.has(person.user.id)) return { kind: 'refused', message: 'BALANCE_TOO_LOW' }
  const period = terms.subscriptionPeriodS
  const expiresAt = period === null ? null : world.nowS() + period
  const charge = takeStars(world, chat, { terms, date: world.nowS(), expiresAt, isFirst: true })
  if (expiresAt !== null) {
    const standing = { isCanceled: false, isCanceledByBot: false, isOver: false }
    world.payments.subscriptions.push({ firstCharge: charge, expiresAt, ...standing })
  }
  return { kind: 'paid', chargeId: charge.id }
}

/**
 * Charges a subscription for every period that has begun by now: nobody is asked, the bot is told afterwards. One that
 * was canceled, or whose person has no stars, is over instead.
 */
export function chargeAgain(world: World, chat: PrivateChat, subscription: StarSubscription): readonly string[] {
  const ids: string[] = []
  const { terms } = subscription.firstCharge
  while (!subscription.isOver && subscription.expiresAt <= world.nowS()) {
    if (subscription.isCanceled || world.payments.without.has(chat.person.user.id)) {
      subscription.isOver = true
      if (!subscription.isCanceled) tellOfSubscription(world, subscription, 'failed')
      break
    }
    const date = subscription.expiresAt
    subscription.expiresAt += terms.subscriptionPeriodS ?? 0
    ids.push(takeStars(world, chat, { terms, date, expiresAt: subscription.expiresAt, isFirst: false }).id)
  }
  return ids
}

/** The bot hears of it as `subscription`, unless it is an old one that doesn't ask for such updates. */
export function tellOfSubscription(
  world: World,
  { firstCharge: { botId, personId, terms } }: StarSubscription,
  state: 'canceled' | 'active' | 'failed',
): void {
  const { user } = world.persons.get(personId)!
  const update = { user, invoice_payload: terms.payload, state }
  world.botsById.get(botId)?.inbox.push('subscription', update, `pay:${personId}`)
}

interface Taken extends Pick<Charge, 'terms' | 'date' | 'expiresAt'> {
  readonly isFirst: boolean
}

function takeStars(world: World, chat: PrivateChat, { isFirst, ...taken }: Taken): Charge {
  const { payments } = world
  const { bot, person } = chat
  const owned = { botId: bot.user.id, personId: person.user.id }
  const charge: Charge = { id: payments.takeId('stxSim'), ...owned, ...taken, refundedAt: null }
  payments.charges.set(charge.id, charge)
  payments.transactions.push({ charge, isRefund: false })
  const recurring = charge.expiresAt !== null && {
    subscription_expiration_date: charge.expiresAt,
    is_recurring: true as const,
    ...(isFirst && { is_first_recurring: true as const }),
  }
  const provider_payment_charge_id = `${person.user.id}_${charge.id}`
  const body = { successful_payment: { ...chargeToWire(charge), ...recurring, provider_payment_charge_id } }
  post(world, chat, person.user, { body, isService: true }, { date: charge.date })
  return charge
}

export const refundedBody = (charge: Charge) => ({ refunded_payment: chargeToWire(charge) })

const chargeToWire = ({ id, terms }: Charge) => ({
  currency: terms.currency,
  total_amount: terms.totalAmount,
  invoice_payload: terms.payload,
  telegram_payment_charge_id: id,
})
