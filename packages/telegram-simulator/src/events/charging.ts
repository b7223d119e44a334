import type { PrivateChat } from '../world/chat.ts'
import type { Charge, InvoiceTerms } from '../world/payment-desk.ts'
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
  const charge: Charge = {
    id: world.payments.takeId('stxSim'),
    botId: bot.user.id,
    personId: person.user.id,
    terms,
    date: world.nowS(),
    refundedAt: null,
  }
  world.payments.charges.set(charge.id, charge)
  world.payments.transactions.push({ charge, isRefund: false })
  const provider_payment_charge_id = `${person.user.id}_${id}`
  const body = { successful_payment: { ...chargeToWire(charge), provider_payment_charge_id } }
  post(world, chat, person.user, { body, isService: true })
  return { kind: 'paid', chargeId: charge.id }
}

export const refundedBody = (charge: Charge) => ({ refunded_payment: chargeToWire(charge) })

const chargeToWire = ({ id, terms }: Charge) => ({
  currency: terms.currency,
  total_amount: terms.totalAmount,
  invoice_payload: terms.payload,
  telegram_payment_charge_id: id,
})
