import { PlanEntity } from '@vpn-kiosk/db'
import {
  type Customer,
  type CustomerId,
  dayMs,
  hourMs,
  type ListedPayment,
  money,
  newId,
  type PaymentId,
} from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { countWrongAddons, createAddonActs, haveAddonsHappened, sellAddons } from './addon-days.ts'
import { actions, daysThatHappen, type Step } from './shop-days.ts'

let world: TestShop
let dieAfter = Number.POSITIVE_INFINITY

beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'), {
    checkpoint: () => {
      dieAfter -= 1
      if (dieAfter === 0) throw new Error('died')
    },
  })
  await world.addServer(world.vless, 10_000)
  const invitations = { referralPercent: 20, referralPercentSecond: 5, referralBonusDays: 7, isReferralOfEach: true }
  await world.shop.changeOffer(1n, { freezeDays: 10, freezesPerYear: 12, graceHours: 24, ...invitations })
  for (const [code, minor, devices, gigabytes] of otherPlans) await addPlan(code, minor, devices, gigabytes)
  await sellAddons(world)
})
afterAll(() => world.close())

/** Of thirty days, like the month: dearer, cheaper, with an allowance. */
const otherPlans = [
  ['family', 70_000n, 10, null],
  ['small', 9_900n, 1, 50n],
] as const

const addPlan = (code: string, priceMinor: bigint, deviceLimit: number, gigabytes: bigint | null) =>
  world.fixture.database.em().insert(PlanEntity, {
    id: newId('plan'),
    code,
    title: { ru: code, en: code },
    days: 30,
    priceMinor,
    currency: 'RUB',
    trafficLimitBytes: gigabytes === null ? null : gigabytes * 1024n ** 3n,
    deviceLimit,
    position: 10,
    createdAt: world.clock.now(),
  })

async function switchPlan(customerId: CustomerId, which: number): Promise<void> {
  const found = await world.shop.listPlanSwitches(customerId)
  const chosen = found?.switches[which % Math.max(1, found.switches.length)]
  if (!chosen) return
  await twice(() => world.shop.switchPlan({ customerId, planId: chosen.plan.id, endsAt: chosen.endsAt }))
}

interface Bought {
  readonly paymentId: PaymentId
  readonly reference: string
  readonly received: bigint
}

/** A process dies at some checkpoint of what follows; the one after it does the work again. */
async function twice(run: () => Promise<unknown>): Promise<void> {
  await run().catch((error: unknown) => {
    if (!(error instanceof Error && error.message === 'died')) throw error
  })
  dieAfter = Number.POSITIVE_INFINITY
  await run()
}

async function enterCode(customerId: CustomerId, percent: number): Promise<void> {
  if (percent === 0) return world.shop.dropPromo(customerId)
  const gift = { kind: 'discount', size: { kind: 'percent', percent } } as const
  const limits = { mostUses: 1, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
  const made = await world.shop.createPromo(1n, { code: null, gift, ...limits })
  if (made.kind === 'created') await world.shop.redeemPromo(customerId, made.code)
}

async function buyGift(customerId: CustomerId): Promise<{ readonly paymentId: PaymentId; readonly reference: string }> {
  const planId = await monthId()
  const terms = { providerId: world.provider.id, returnUrl: 'https://t.me/x', description: 'VPN' }
  const start = () => world.shop.startPurchase({ customerId, planId, kind: 'gift', ...terms })
  let started = await start()
  if (started.kind === 'code_in_invoice') {
    await world.shop.dropPromo(customerId)
    started = await start()
  }
  if (started.kind !== 'invoice') throw new Error(started.kind)
  const [reference] = [...world.provider.invoices].findLast(([, { paymentId }]) => paymentId === started.paymentId)!
  return { paymentId: started.paymentId, reference }
}

/** The giver, or somebody new, activates one of what was given. */
async function activate(giverId: CustomerId, { which, isOwn }: { readonly which: number; readonly isOwn: boolean }) {
  const { lines } = await world.shop.listGifts(giverId)
  const gift = lines[which % Math.max(1, lines.length)]
  if (!gift) return
  const recipientId = isOwn ? giverId : (await world.addCustomer()).id
  await twice(() => world.shop.activateGift(recipientId, gift.code))
}

async function topUp(customerId: CustomerId, minor: bigint): Promise<void> {
  dieAfter = Number.POSITIVE_INFINITY
  const wish = { providerId: 'fake', planId: null, requestId: newId('order').slice(4), returnUrl: '', description: '' }
  const invoice = await world.shop.startTopUp({ ...wish, customerId, amount: money(minor, 'RUB') })
  if (invoice.kind !== 'invoice') throw new Error(invoice.kind)
  world.provider.pay(`inv-${invoice.paymentId}`)
  await twice(() => world.shop.settlePayment(invoice.paymentId))
}

/** Switches auto-renewal on, and lets time pass until it has been announced and tried; a process dies at its first step. */
async function renewAtTheEnd(id: CustomerId): Promise<void> {
  const state = await world.shop.getRenewal(id)
  if (!state?.plan || !state.endsAt) return
  await world.shop.switchRenewalOn(id, { source: 'balance', minor: state.plan.price.minor })
  for (const hours of [-24, -12]) {
    const waitMs = state.endsAt.getTime() + hours * hourMs - world.clock.now().getTime()
    if (waitMs > 0) world.clock.advance(waitMs)
    dieAfter = 1
    await twice(() => world.shop.renewSubscriptions())
  }
}

async function invite(inviter: Customer): Promise<Customer> {
  const friend = await world.addCustomer()
  await world.shop.acceptInvitation(friend.id, inviter.referralCode)
  return friend
}

/** Freezes, and lets time go on again by hand or after the longest freeze: what was left is left. */
async function freezeFor(
  customerId: CustomerId,
  { hours, byHand }: { readonly hours: number; readonly byHand: boolean },
) {
  const { shop, clock } = world
  const before = await shop.getFreeze(customerId)
  if (before?.kind !== 'offered') return
  const left = (await shop.getSubscription(customerId))!.leftMs
  await twice(() => shop.freezeSubscription({ customerId, endsAt: before.endsAt }))
  clock.advance(hours * hourMs)
  const frozen = await shop.getFreeze(customerId)
  if (byHand) await twice(() => shop.unfreezeSubscription({ customerId, endsAt: frozen!.endsAt }))
  await twice(() => shop.endFreezes())
  const isFrozen = (await shop.getFreeze(customerId))?.kind === 'frozen'
  if (!isFrozen) expect((await shop.getSubscription(customerId))!.leftMs).toBe(left)
}

/** Less comes than was asked, and staff decide; the rest may come all the same. */
async function payWrong(customer: Customer, percent: number, next: readonly string[]): Promise<Bought> {
  dieAfter = Number.POSITIVE_INFINITY
  const { paymentId, reference } = await world.openInvoice(customer)
  const asked = world.provider.invoices.get(reference)!.amount.minor
  let received = (asked * BigInt(percent)) / 100n
  world.provider.pay(reference, money(received, 'RUB'))
  await twice(() => world.shop.settlePayment(paymentId))
  for (const one of next) {
    dieAfter = 1
    if (one === 'write_off') await twice(() => world.shop.writeOff(1n, paymentId))
    else if (one === 'undo') await twice(() => world.shop.undoWriteOff(1n, paymentId))
    else if (one === 'rest') {
      received = asked
      world.provider.pay(reference, money(received, 'RUB'))
      await twice(() => world.shop.settlePayment(paymentId))
    } else await twice(() => world.shop.acceptMismatch(1n, { paymentId, as: one === 'balance' ? one : 'ordered' }))
  }
  return { paymentId, reference, received }
}

/** The provider has less of a payment than the books, or none; staff give it up, or it is found again. */
async function lose({ reference, paymentId, received }: Bought, percent: number, next: readonly string[]) {
  const before = world.provider.invoices.get(reference)!.status
  const part = money((received * BigInt(percent)) / 100n, 'RUB')
  if (percent === 0) world.provider.answer(reference, { kind: 'pending' })
  else world.provider.pay(reference, part)
  world.clock.advance(2 * hourMs)
  await compare(percent === 0 ? [] : [{ reference, paymentId, received: part, refunded: null }])
  for (const one of next) {
    dieAfter = 1
    if (one === 'write_off') await twice(() => world.shop.writeOff(1n, paymentId))
    else if (one === 'undo') await twice(() => world.shop.undoWriteOff(1n, paymentId))
    else if (one === 'found') world.provider.answer(reference, before)
    else await compare([])
  }
  world.provider.answer(reference, before)
}

async function compare(listed: readonly ListedPayment[]): Promise<void> {
  world.provider.list(listed)
  await twice(() => world.shop.reconcilePayments())
  world.provider.list([])
}

const count = async (what: string): Promise<number> => {
  const [row] = await world.fixture.database.em().execute<{ count: string }[]>(`select count(*) from ${what}`)
  return Number(row?.count)
}
const countRenewals = () => count(`orders where request_id like 'renewal:%' and state = 'paid'`)
/** What codes count as their uses are the orders that hold them. */
const countWrongUses = () =>
  count(`promo_codes c where c.uses > c.most_uses
    or c.uses <> (select count(*) from orders o where o.promo_id = c.id and o.promo_taken)`)
const countBadPeriods = () => count(`subscription_periods where ends_at < starts_at or length_ms <= 0`)

const sums = async () => {
  const rows = await world.fixture.database
    .em()
    .execute<{ account: string; minor: string }[]>(
      `select split_part(account, ':', 1) as account, sum(amount_minor) as minor from ledger_entries group by 1`,
    )
  const of = (account: string) => BigInt(rows.find((row) => row.account === account)?.minor ?? 0)
  return {
    provider: of('provider'),
    deferred: of('deferred'),
    gifts: of('gifts'),
    balances: of('customer'),
    revenue: of('revenue'),
    refunds: of('refunds'),
  }
}

/** One customer's time with the shop. */
interface Run {
  readonly customer: Customer
  readonly bought: Bought[]
}

let sold = 0n
let requests = 0
const nextRequest = (): string => `request${requests++}`

/** Pays what is asked and `surplus` more, and settles it. */
async function pay({ bought }: Run, invoice: Pick<Bought, 'paymentId' | 'reference'>, surplus: bigint): Promise<void> {
  const received = world.provider.invoices.get(invoice.reference)!.amount.minor + surplus
  world.provider.pay(invoice.reference, money(received, 'RUB'))
  await twice(() => world.shop.settlePayment(invoice.paymentId))
  bought.push({ ...invoice, received })
  sold += received
}

const monthId = async () => (await world.shop.listPlans()).find(({ code }) => code === 'month')!.id

async function refund({ paymentId, received }: Bought, percent: number): Promise<void> {
  const wish = { paymentId, requestId: nextRequest(), byHand: false }
  const asked = await world.shop.requestRefund(1n, { ...wish, minor: (received * BigInt(percent)) / 100n })
  if (asked.kind === 'requested') await twice(() => world.shop.carryOutRefund(asked.refundId))
}

/** Somebody gives money back in the provider's cabinet. */
async function refundThere({ paymentId, reference, received }: Bought, percent: number): Promise<void> {
  const refunded = money((received * BigInt(percent)) / 100n, 'RUB')
  world.provider.answer(reference, { kind: 'paid', received: money(received, 'RUB'), paidAt: null, refunded })
  await twice(() => world.shop.inspectRefund(paymentId))
}

type Acts = { readonly [K in Step['kind']]: (run: Run, step: Extract<Step, { kind: K }>) => Promise<unknown> }

/** On one of the payments so far, if there is any. */
const onChosen =
  <S extends { readonly which: number }>(act: (bought: Bought, step: S) => Promise<unknown>) =>
  async ({ bought }: Run, step: S): Promise<unknown> => {
    const one = bought[step.which % Math.max(1, bought.length)]
    return one && act(one, step)
  }

const acts: Acts = {
  die: async (_, { after }) => {
    dieAfter = after
  },
  pass: async (_, { hours }) => world.clock.advance(hours * hourMs),
  sweep: async () => {
    await twice(() => world.shop.giveGrace())
    await world.shop.startStretches()
    await world.shop.expireSubscriptions()
  },
  recognize: () => twice(() => world.shop.recognizeRevenue()),
  auto_renew: async ({ customer }, { minor }) => {
    await topUp(customer.id, minor)
    sold += minor
    await renewAtTheEnd(customer.id)
  },
  switch: ({ customer }, { which }) => switchPlan(customer.id, which),
  give: ({ customer }, { days }) => {
    const requestId = nextRequest()
    return twice(() => world.shop.giveDays(1n, customer.id, { days, requestId }))
  },
  buy: async (run, { percentOff, surplus }) => {
    dieAfter = Number.POSITIVE_INFINITY
    await enterCode(run.customer.id, percentOff)
    await pay(run, await world.openInvoice(run.customer), surplus)
  },
  gift: async (run, { surplus }) => {
    dieAfter = Number.POSITIVE_INFINITY
    await pay(run, await buyGift(run.customer.id), surplus)
  },
  ...createAddonActs<Bought, Run>({ world: () => world, twice, pay, refund }),
  wrong: async ({ customer, bought }, { percent, next }) => {
    const wrong = await payWrong(customer, percent, next)
    bought.push(wrong)
    sold += wrong.received
  },
  list: onChosen((one, { fee }) => {
    const received = money(one.received, 'RUB')
    return compare([{ ...one, received, refunded: null, fee: money(fee, 'RUB') }])
  }),
  lose: onChosen((one, { percent, next }) => lose(one, percent, next)),
  freeze: ({ customer }, step) => freezeFor(customer.id, step),
  activate: ({ customer }, step) => activate(customer.id, step),
  end: async () => {
    world.clock.advance(91 * dayMs)
    await twice(() => world.shop.returnGifts())
  },
  spend: async ({ customer }, { percentOff }) => {
    await enterCode(customer.id, percentOff)
    const wish = { customerId: customer.id, planId: await monthId(), requestId: nextRequest() }
    await twice(() => world.shop.buyFromBalance(wish))
  },
  refund: onChosen((one, { percent }) => refund(one, percent)),
  cabinet: onChosen((one, { percent }) => refundThere(one, percent)),
}

const act = <K extends Step['kind']>(run: Run, step: Extract<Step, { kind: K }>): Promise<unknown> =>
  (acts[step.kind] as Acts[K])(run, step)

test('whatever is bought, given back, given away and broken off, the books hold', { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(actions, { minLength: 3, maxLength: 14 }), async (steps) => {
      const run = { customer: await invite(await invite(await world.addCustomer())), bought: [] }
      for (const step of steps) {
        await act(run, step)
        expect(await world.shop.checkBooks()).toEqual([])
        expect([await countWrongUses(), await countWrongAddons(world)]).toEqual([0, 0])
      }
      const books = await sums()
      const givenBack = sold - books.provider
      expect(givenBack >= 0n).toBe(true)
      // What was sold is owed as time, has passed, or was given back before it passed.
      expect(-books.deferred >= 0n && -books.revenue >= 0n).toBe(true)
      expect(-books.gifts >= 0n).toBe(true)
      // A gift that nobody activated may have been spent from the balance before its payment was given back.
      expect(books.refunds <= -books.revenue - books.deferred - books.balances).toBe(true)
      expect(await countBadPeriods()).toBe(0)
      world.clock.advance(dayMs)
    }),
    { numRuns: 70, examples: daysThatHappen.map((steps) => [[...steps]]) },
  )
  expect([(await countRenewals()) > 0, await haveAddonsHappened(world)]).toEqual([true, true])
  const books = await sums()
  expect([books.revenue < 0n, books.refunds > 0n, books.provider < sold]).toEqual([true, true, true])
})
