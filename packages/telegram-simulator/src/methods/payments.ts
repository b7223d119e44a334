import { refundedBody } from '../events/charging.ts'
import { post } from '../events/post.ts'
import { badRequest } from '../world/bot-api-error.ts'
import { type Charge, type InvoiceTerms, subscriptionPeriodS } from '../world/payment-desk.ts'
import { withFields } from '../world/render.ts'
import type { WireResults } from '../world/wire.ts'
import type { Call, Methods } from './method.ts'
import { isRecord, readFlag, readInteger, readList, readText } from './params.ts'
import { sendContent } from './send.ts'

/** Telegram's own payments: stars (XTR), and the shape of the classic ones. */
export const paymentMethods = {
  sendInvoice: (call) => {
    if (call.params.subscription_period !== undefined) throw badRequest('SUBSCRIPTION_EXPORT_MISSING')
    const terms = readTerms(call)
    const { title, description, currency, totalAmount } = terms
    const invoice = { title, description, currency, total_amount: totalAmount, start_parameter: '' }
    return withFields(sendContent(withPayButton(call, terms), { body: { invoice }, invoice: terms }), 'invoice')
  },

  createInvoiceLink: (call) => {
    const terms = readTerms(call)
    const slug = call.world.payments.takeId('sim')
    call.world.payments.links.set(slug, { botId: call.bot.user.id, terms })
    return `https://t.me/$${slug}`
  },

  answerPreCheckoutQuery: (call) => {
    const isOk = readFlag(call.params, 'ok')
    const message = readText(call.params, 'error_message') ?? ''
    if (!isOk && message === '') throw badRequest('error message must be non-empty')
    const id = readText(call.params, 'pre_checkout_query_id') ?? ''
    const isTaken = call.world.payments.answer(id, call.bot.user.id, isOk ? { ok: true } : { ok: false, message })
    if (!isTaken) throw badRequest('query is too old and response timeout expired or query ID is invalid')
    return true
  },

  refundStarPayment: (call) => {
    const { payments } = call.world
    const charge = payments.charges.get(readText(call.params, 'telegram_payment_charge_id') ?? '')
    const isOwn = charge?.botId === call.bot.user.id && charge.personId === readInteger(call.params, 'user_id')
    if (!charge || !isOwn || charge.terms.currency !== 'XTR') throw badRequest('CHARGE_ID_INVALID')
    if (charge.refundedAt !== null) throw badRequest('CHARGE_ALREADY_REFUNDED')
    charge.refundedAt = call.world.nowS()
    payments.transactions.push({ charge, isRefund: true })
    const chat = call.bot.dialogues.get(charge.personId)
    if (chat) post(call.world, chat, call.bot.user, { body: refundedBody(charge), isService: true })
    return true
  },

  editUserStarSubscription: (call) => {
    const { payments, persons } = call.world
    const person = readInteger(call.params, 'user_id')
    const charge = readText(call.params, 'telegram_payment_charge_id')
    if (person === undefined || !persons.has(person)) throw badRequest('USER_ID_INVALID')
    const subscription = payments.subscriptions.find(({ firstCharge }) => firstCharge.id === charge)
    const { botId, personId } = subscription?.firstCharge ?? {}
    if (!subscription || botId !== call.bot.user.id || personId !== person) throw badRequest('CHARGE_ID_INVALID')
    subscription.isCanceledByBot = readFlag(call.params, 'is_canceled')
    // What the bot has ended, the person takes up again, and not the bot.
    if (subscription.isCanceledByBot) subscription.isCanceled = true
    return true
  },

  getStarTransactions: (call) => {
    const offset = readInteger(call.params, 'offset') ?? 0
    const limit = readInteger(call.params, 'limit') ?? 100
    const own = call.world.payments.transactions.filter(({ charge }) => charge.botId === call.bot.user.id)
    const some = own.slice(offset, offset + limit)
    return { transactions: some.map(({ charge, isRefund }) => toTransaction(call, charge, isRefund)) }
  },

  getMyStarBalance: ({ bot, world }) => {
    const kept = [...world.payments.charges.values()].filter(
      ({ botId, refundedAt, terms }) => botId === bot.user.id && refundedAt === null && terms.currency === 'XTR',
    )
    return { amount: kept.reduce((sum, { terms }) => sum + terms.totalAmount, 0) }
  },
} satisfies Methods

function withPayButton(call: Call, { currency, totalAmount }: InvoiceTerms): Call {
  if (call.params.reply_markup !== undefined) return call
  const button = { text: `Pay ${totalAmount} ${currency}`, pay: true }
  return { ...call, params: { ...call.params, reply_markup: { inline_keyboard: [[button]] } } }
}

function readTerms({ params }: Call): InvoiceTerms {
  const title = readText(params, 'title') ?? ''
  const description = readText(params, 'description') ?? ''
  const payload = readText(params, 'payload') ?? ''
  const currency = readText(params, 'currency') ?? ''
  if (title.length < 1 || title.length > 32) throw badRequest('INVOICE_TITLE_INVALID')
  if (description.length < 1 || description.length > 255) throw badRequest('INVOICE_DESCRIPTION_INVALID')
  const payloadBytes = Buffer.byteLength(payload)
  if (payloadBytes < 1 || payloadBytes > 128) throw badRequest('INVOICE_PAYLOAD_INVALID')
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID')
  const amounts = (readList(params, 'prices') ?? []).map((price) =>
    isRecord(price) ? Number(price.amount) : Number.NaN,
  )
  if (amounts.length === 0 || amounts.some((amount) => !Number.isSafeInteger(amount)))
    throw badRequest('PRICES_INVALID')
  if (currency === 'XTR' && amounts.length !== 1) throw badRequest('STARS_INVOICE_INVALID')
  if (currency !== 'XTR' && !readText(params, 'provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID')
  const totalAmount = amounts.reduce((sum, amount) => sum + amount, 0)
  const subscriptionPeriodS = readInteger(params, 'subscription_period') ?? null
  if (subscriptionPeriodS !== null) assertSubscribable(subscriptionPeriodS, currency, totalAmount)
  return { title, description, payload, currency, totalAmount, subscriptionPeriodS }
}

const dearestSubscription = 10_000

function assertSubscribable(periodS: number, currency: string, amount: number): void {
  if (periodS !== subscriptionPeriodS) throw badRequest('SUBSCRIPTION_PERIOD_INVALID')
  if (currency !== 'XTR') throw badRequest('CURRENCY_INVALID')
  if (amount > dearestSubscription) throw badRequest('STARS_INVOICE_INVALID')
}

type Transaction = WireResults['getStarTransactions']['transactions'][number]

function toTransaction({ world }: Call, charge: Charge, isRefund: boolean): Transaction {
  const user = world.persons.get(charge.personId)!.user
  const partner = {
    type: 'user',
    transaction_type: 'invoice_payment',
    user,
    invoice_payload: charge.terms.payload,
    subscription_period: charge.terms.subscriptionPeriodS ?? undefined,
  } as const
  const base = { id: charge.id, amount: charge.terms.totalAmount }
  return isRefund
    ? { ...base, date: charge.refundedAt ?? charge.date, receiver: partner }
    : { ...base, date: charge.date, source: partner }
}
