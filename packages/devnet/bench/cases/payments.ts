import type { PaymentId } from '@vpn-kiosk/domain'
import { cast } from '../../src/cast.ts'
import { describe, type Figure, percentilesOf, seconds } from '../figures.ts'
import { keepPace } from '../load/pace.ts'
import { watchMessages } from '../load/watch-messages.ts'
import type { BenchWorld } from '../world/bench-world.ts'
import { customerIdOf, seedCustomers } from '../world/seed-customers.ts'

interface Phase {
  readonly rate: number
  readonly count: number
  readonly firstId: number
}

const aimMs = 2_000
/** Telegram's limit for one bot, which the bot keeps: no more customers a second can be told. */
const messagesPerSecond = 30
const timeoutMs = 90_000

/**
 * People pay at a steady rate; the provider's notification reaches `web`, `jobs` asks the provider and the panel, and the
 * client bot sends the key. Each is a process of its own; provider, panel and Telegram are in ours.
 */
export async function benchPayments(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const lengthS = isQuick ? 6 : 15
  const below: Phase = { rate: 25, count: 25 * lengthS, firstId: 30_001 }
  const full: Phase = { rate: 50, count: 50 * lengthS, firstId: 40_001 }
  const purchases = [await openPurchases(world, below), await openPurchases(world, full)] as const
  const children = [
    await world.startProcess('web'),
    await world.startProcess('jobs'),
    await world.startProcess('client'),
  ]
  const slow = await payAll(world, below, purchases[0])
  const fast = await payAll(world, full, purchases[1])
  for (const child of children) await child.close()
  return [...figuresOf(below, slow), ...figuresOf(full, fast)]
}

interface Purchase {
  readonly person: number
  readonly reference: string
}

async function openPurchases({ app, telegram, yookassa }: BenchWorld, phase: Phase): Promise<Purchase[]> {
  const people = await seedCustomers(app, telegram, { ...phase, isActive: false })
  for (const person of people) telegram.people.start({ person, bot: `@${cast.bots.client.username}` })
  await forgetStarts(telegram.apiRoot)
  const plan = (await app.shop.listPlans()).find(({ code }) => code === 'month')
  if (!plan) throw new Error('there is no plan for a month')
  const asked = {
    planId: plan.id,
    providerId: 'yookassa',
    method: 'bank_card',
    returnUrl: 'https://t.me/bench',
    description: 'VPN',
  }
  const byPayment = new Map<PaymentId, number>()
  for (const person of people) {
    const started = await app.shop.startPurchase({ ...asked, customerId: customerIdOf(person) })
    if (started.kind !== 'invoice') throw new Error(`no invoice was opened: ${started.kind}`)
    byPayment.set(started.paymentId, person)
  }
  return yookassa.listInvoices().flatMap(({ paymentId, reference }) => {
    const person = byPayment.get(paymentId as PaymentId)
    return person === undefined ? [] : [{ person, reference }]
  })
}

/** The greetings are not what is measured. */
async function forgetStarts(apiRoot: string): Promise<void> {
  await fetch(`${apiRoot}/bot${cast.bots.client.token}/deleteWebhook?drop_pending_updates=true`)
}

interface Paid {
  /** Until the provider had its 200. */
  readonly answered: readonly number[]
  /** Until the panel had agreed and the key could be read. */
  readonly working: readonly number[]
  /** Until the message with the key was in the chat. */
  readonly told: readonly number[]
}

async function payAll(world: BenchWorld, phase: Phase, purchases: readonly Purchase[]): Promise<Paid> {
  const messages = watchMessages(world.telegram, cast.bots.client.username)
  const rangAt = new Map<number, { mono: number; wall: number }>()
  const answered: number[] = []
  await keepPace({ rate: phase.rate, count: purchases.length }, async (index) => {
    const { person, reference } = purchases[index]!
    const mono = performance.now()
    rangAt.set(person, { mono, wall: Date.now() })
    await world.yookassa.pay(reference)
    answered.push(performance.now() - mono)
  })
  const arrived = await messages.all([...rangAt.keys()], timeoutMs)
  const appliedAt = await readApplied(world, phase)
  const since = (at: ReadonlyMap<number, number>, clock: 'mono' | 'wall') =>
    [...rangAt].map(([person, rang]) => (at.get(person) ?? Number.POSITIVE_INFINITY) - rang[clock])
  return { answered, working: since(appliedAt, 'wall'), told: since(arrived, 'mono') }
}

async function readApplied({ app }: BenchWorld, { firstId, count }: Phase): Promise<Map<number, number>> {
  const rows = await app.db.em().execute<{ person: string; at: string | Date }[]>(
    `select c.telegram_id as person, a.applied_at as at from customers c join subscriptions s on s.customer_id = c.id
     join accesses a on a.subscription_id = s.id where a.applied_at is not null and c.telegram_id between ? and ?`,
    [firstId, firstId + count - 1],
  )
  return new Map(rows.map(({ person, at }) => [Number(person), new Date(at).getTime()]))
}

function figuresOf({ rate, count }: Phase, { answered, working, told }: Paid): Figure[] {
  const [keys, messages] = [percentilesOf(working), percentilesOf(told)]
  const queueMs = Math.max(0, count / messagesPerSecond - count / rate) * 1000
  const limit = queueMs > 0 ? `, the last waits ≥ ${seconds(queueMs)}` : ''
  return [
    {
      what: `${count} payments at ${rate}/s: webhook → key works`,
      measured: describe(keys, seconds),
      beside: `webhook → 200: ${describe(percentilesOf(answered))}`,
      aim: `p95 < ${aimMs / 1000} s`,
      isMet: keys.p95 < aimMs,
    },
    {
      what: `${count} payments at ${rate}/s: webhook → key in the chat`,
      measured: describe(messages, seconds),
      beside: `Telegram takes ${messagesPerSecond} messages/s${limit}`,
      aim: `p95 < ${aimMs / 1000} s`,
      isMet: messages.p95 < aimMs,
    },
  ]
}
