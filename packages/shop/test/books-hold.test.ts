import { PlanEntity } from '@vpn-kiosk/db'
import { type CustomerId, dayMs, hourMs, money, newId, type PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

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
  await world.shop.changeOffer(1n, { freezeDays: 10, freezesPerYear: 12, graceHours: 24 })
  for (const [code, minor, devices, gigabytes] of otherPlans) await addPlan(code, minor, devices, gigabytes)
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

const action = fc.oneof(
  fc.record({
    kind: fc.constant('buy' as const),
    surplus: fc.constantFrom(0n, 0n, 1n, 5_000n),
    percentOff: fc.constantFrom(0, 0, 1, 33, 90),
  }),
  fc.record({ kind: fc.constant('spend' as const), percentOff: fc.constantFrom(0, 33, 90) }),
  fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 40 * 24 }) }),
  fc.record({ kind: fc.constant('refund' as const), which: fc.nat(9), percent: fc.integer({ min: 1, max: 130 }) }),
  fc.record({ kind: fc.constant('cabinet' as const), which: fc.nat(9), percent: fc.integer({ min: 1, max: 130 }) }),
  fc.record({ kind: fc.constant('give' as const), days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('recognize' as const) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
  fc.record({ kind: fc.constant('auto_renew' as const), minor: fc.constantFrom(100n, 70_000n) }),
  fc.record({ kind: fc.constant('switch' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('gift' as const), surplus: fc.constantFrom(0n, 1n, 5_000n) }),
  fc.record({ kind: fc.constant('activate' as const), which: fc.nat(9), isOwn: fc.boolean() }),
  fc.record({ kind: fc.constant('freeze' as const), hours: fc.integer({ min: 0, max: 400 }), byHand: fc.boolean() }),
  fc.record({ kind: fc.constant('end' as const) }),
  fc.record({ kind: fc.constant('die' as const), after: fc.integer({ min: 1, max: 6 }) }),
)

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
  const planId = (await world.shop.listPlans()).find(({ code }) => code === 'month')!.id
  const terms = { providerId: world.provider.id, returnUrl: 'https://t.me/x', description: 'VPN' }
  const started = await world.shop.startPurchase({ customerId, planId, kind: 'gift', ...terms })
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

/** What codes count as their uses are the orders that hold them. */
const countWrongUses = async (): Promise<number> => {
  const [row] = await world.fixture.database.em().execute<{ count: string }[]>(
    `select count(*) as count from promo_codes c where c.uses > c.most_uses
       or c.uses <> (select count(*) from orders o where o.promo_id = c.id and o.promo_taken)`,
  )
  return Number(row?.count)
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

const countRenewals = async (): Promise<number> => {
  const [row] = await world.fixture.database
    .em()
    .execute<{ count: string }[]>(`select count(*) from orders where request_id like 'renewal:%' and state = 'paid'`)
  return Number(row?.count)
}

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

test('whatever is bought, given back, given away and broken off, the books hold', { timeout: 120_000 }, async () => {
  let sold = 0n
  let request = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), async (actions) => {
      const customer = await world.addCustomer()
      const bought: Bought[] = []
      const pick = (which: number) => bought[which % Math.max(1, bought.length)]
      for (const step of actions) {
        const chosen = 'which' in step ? pick(step.which) : undefined
        if (step.kind === 'die') dieAfter = step.after
        else if (step.kind === 'pass') world.clock.advance(step.hours * hourMs)
        else if (step.kind === 'sweep') {
          await twice(() => world.shop.giveGrace())
          await world.shop.startStretches()
          await world.shop.expireSubscriptions()
        } else if (step.kind === 'recognize') await twice(() => world.shop.recognizeRevenue())
        else if (step.kind === 'auto_renew') {
          await topUp(customer.id, step.minor)
          sold += step.minor
          await renewAtTheEnd(customer.id)
        } else if (step.kind === 'switch') await switchPlan(customer.id, step.which)
        else if (step.kind === 'give') {
          request += 1
          const requestId = `give${request}`
          await twice(() => world.shop.giveDays(1n, customer.id, { days: step.days, requestId }))
        } else if (step.kind === 'buy') {
          dieAfter = Number.POSITIVE_INFINITY
          await enterCode(customer.id, step.percentOff)
          const { paymentId, reference } = await world.openInvoice(customer)
          const received = world.provider.invoices.get(reference)!.amount.minor + step.surplus
          world.provider.pay(reference, money(received, 'RUB'))
          await twice(() => world.shop.settlePayment(paymentId))
          bought.push({ paymentId, reference, received })
          sold += received
        } else if (step.kind === 'gift') {
          dieAfter = Number.POSITIVE_INFINITY
          const { paymentId, reference } = await buyGift(customer.id)
          const received = world.provider.invoices.get(reference)!.amount.minor + step.surplus
          world.provider.pay(reference, money(received, 'RUB'))
          await twice(() => world.shop.settlePayment(paymentId))
          bought.push({ paymentId, reference, received })
          sold += received
        } else if (step.kind === 'freeze') await freezeFor(customer.id, step)
        else if (step.kind === 'activate') await activate(customer.id, step)
        else if (step.kind === 'end') {
          world.clock.advance(91 * dayMs)
          await twice(() => world.shop.returnGifts())
        } else if (step.kind === 'spend') {
          request += 1
          await enterCode(customer.id, step.percentOff)
          const planId = (await world.shop.listPlans()).find(({ code }) => code === 'month')!.id
          const wish = { customerId: customer.id, planId, requestId: `spend${request}` }
          await twice(() => world.shop.buyFromBalance(wish))
        } else if (chosen && step.kind === 'refund') {
          request += 1
          const wish = { paymentId: chosen.paymentId, requestId: `r${request}`, byHand: false }
          const asked = await world.shop.requestRefund(1n, {
            ...wish,
            minor: (chosen.received * BigInt(step.percent)) / 100n,
          })
          if (asked.kind === 'requested') await twice(() => world.shop.carryOutRefund(asked.refundId))
        } else if (chosen && step.kind === 'cabinet') {
          const refunded = money((chosen.received * BigInt(step.percent)) / 100n, 'RUB')
          const received = money(chosen.received, 'RUB')
          world.provider.answer(chosen.reference, { kind: 'paid', received, paidAt: null, refunded })
          await twice(() => world.shop.inspectRefund(chosen.paymentId))
        }
        expect(await world.shop.checkBooks()).toEqual([])
        expect(await countWrongUses()).toBe(0)
      }
      const books = await sums()
      const givenBack = sold - books.provider
      expect(givenBack >= 0n).toBe(true)
      // What was sold is owed as time, has passed, or was given back before it passed.
      expect(-books.deferred >= 0n && -books.revenue >= 0n).toBe(true)
      expect(-books.gifts >= 0n).toBe(true)
      // A gift that nobody activated may have been spent from the balance before its payment was given back.
      expect(books.refunds <= -books.revenue - books.deferred - books.balances).toBe(true)
      const periods = await world.fixture.database
        .em()
        .execute<{ bad: string }[]>(
          `select count(*) as bad from subscription_periods where ends_at < starts_at or length_ms <= 0`,
        )
      expect(Number(periods[0]!.bad)).toBe(0)
      world.clock.advance(dayMs)
    }),
    { numRuns: 100 },
  )
  expect(await countRenewals()).toBeGreaterThan(0)
  const books = await sums()
  expect([books.revenue < 0n, books.refunds > 0n, books.provider < sold]).toEqual([true, true, true])
})
