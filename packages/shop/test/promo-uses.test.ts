import { type CustomerId, hourMs, money, type PaymentId } from '@vpn-kiosk/domain'
import { createTestShop, type TestShop } from '@vpn-kiosk/shop/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

/*
 * One code of two uses, three customers, and whatever they do with it. At every moment: nobody pays another price than
 * the one that was shown, no more orders hold the code than it has uses (late money aside, which is honoured), each
 * customer uses it once, and the books hold.
 */

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
  await world.addServer(world.vless, 10_000)
})
afterAll(() => world.close())

const who = fc.nat(2)
const plan = fc.constantFrom('month' as const, 'quarter' as const)
const action = fc.oneof(
  fc.record({ kind: fc.constant('enter' as const), who }),
  fc.record({ kind: fc.constant('drop' as const), who }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('open' as const), who, plan }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pay' as const), which: fc.nat(9) }) },
  fc.record({ kind: fc.constant('decline' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ kind: fc.constant('fill' as const), who, rubles: fc.integer({ min: 1, max: 900 }) }),
  fc.record({ kind: fc.constant('spend' as const), who, plan }),
  fc.record({ kind: fc.constant('rest' as const), who, plan }),
  fc.record({ kind: fc.constant('together' as const), plan }),
)

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

interface Opened {
  readonly paymentId: PaymentId
  readonly endsAt: Date
  isPaid: boolean
}

let request = 0
function nextRequest(): string {
  request += 1
  return `req${request}`
}

class Run {
  readonly opened: Opened[] = []
  late = 0
  readonly people: readonly CustomerId[]
  readonly code: string

  constructor(people: readonly CustomerId[], code: string) {
    this.people = people
    this.code = code
  }

  async planOf(id: CustomerId, code: string) {
    return (await world.shop.listPlans(id)).find((one) => one.code === code)!
  }

  async open(id: CustomerId, code: string) {
    const shown = await this.planOf(id, code)
    const wish = { customerId: id, planId: shown.id, providerId: 'fake', returnUrl: '', description: 'x' }
    const result = await world.shop.startPurchase({ ...wish, requestId: nextRequest(), shownMinor: shown.price.minor })
    if (result.kind !== 'invoice') return expect(['price_changed', 'code_in_invoice']).toContain(result.kind)
    expect(result.amount.minor <= shown.price.minor).toBe(true)
    this.remember(result)
  }

  remember({ paymentId, expiresAt: endsAt }: { readonly paymentId: PaymentId; readonly expiresAt: Date }) {
    if (!this.opened.some((one) => one.paymentId === paymentId)) this.opened.push({ paymentId, endsAt, isPaid: false })
  }

  async topUp(id: CustomerId, minor: bigint, planCode: string | null) {
    const planId = planCode ? (await this.planOf(id, planCode)).id : null
    const wish = {
      customerId: id,
      providerId: 'fake',
      planId,
      requestId: nextRequest(),
      returnUrl: '',
      description: '',
    }
    const result = await world.shop.startTopUp({ ...wish, amount: money(minor, 'RUB') })
    if (result.kind === 'invoice') this.remember(result)
    return result.kind === 'invoice' ? result.paymentId : null
  }

  async pay(one: Opened) {
    if (one.isPaid) return
    one.isPaid = true
    const reference = `inv-${one.paymentId}`
    const before = await world.shop.findPaymentLine(one.paymentId)
    const isLate = before?.state === 'expired' || before?.state === 'canceled'
    const uses = await readUses(this.code)
    world.provider.pay(reference)
    await world.shop.settlePayment(one.paymentId)
    const after = await readUses(this.code)
    if (isLate) this.late += Math.max(0, after.uses - uses.uses)
  }

  async settle({ paymentId, isPaid }: Opened, reason: 'declined' | 'expired') {
    const state = (await world.shop.findPaymentLine(paymentId))?.state
    if (isPaid || (state !== 'created' && state !== 'pending')) return
    world.provider.cancel(`inv-${paymentId}`, reason)
    await world.shop.settlePayment(paymentId)
  }

  async pass(minutes: number) {
    world.clock.advance((minutes * hourMs) / 60)
    await world.shop.sweepPayments()
    for (const one of this.opened) {
      if (world.clock.now() > one.endsAt) await this.settle(one, 'expired')
    }
  }

  async spend(id: CustomerId, code: string) {
    const shown = await this.planOf(id, code)
    const before = await balanceOf(id)
    const wish = { customerId: id, planId: shown.id, requestId: nextRequest(), shownMinor: shown.price.minor }
    const result = await world.shop.buyFromBalance(wish)
    const paid = result.kind === 'bought' ? shown.price.minor : 0n
    expect(await balanceOf(id)).toBe(before - paid)
  }
}

const balanceOf = async (id: CustomerId): Promise<bigint> => (await world.shop.getBalance(id)).amounts[0]?.minor ?? 0n

interface Uses {
  readonly uses: number
  readonly held: number
  readonly most_of_one: number
}

async function readUses(code: string): Promise<Uses> {
  const [row] = await world.fixture.database.em().execute<Uses[]>(
    `select c.uses, count(o.id)::int as held, coalesce(max(n.count), 0)::int as most_of_one from promo_codes c
     left join orders o on o.promo_id = c.id and o.promo_taken
     left join lateral (select count(*) as count from orders x where x.promo_id = c.id and x.promo_taken
       and x.customer_id = o.customer_id) n on true
     where c.code = ? group by c.uses`,
    [code],
  )
  return row!
}

async function perform(run: Run, step: Action): Promise<unknown> {
  const id = 'who' in step ? run.people[step.who]! : run.people[0]!
  const chosen = 'which' in step ? run.opened[step.which % Math.max(1, run.opened.length)] : undefined
  switch (step.kind) {
    case 'enter':
      return world.shop.redeemPromo(id, run.code)
    case 'drop':
      return world.shop.dropPromo(id)
    case 'open':
      return run.open(id, step.plan)
    case 'pay':
      return chosen && run.pay(chosen)
    case 'decline':
      return chosen && run.settle(chosen, 'declined')
    case 'pass':
      return run.pass(step.minutes)
    case 'fill': {
      const paymentId = await run.topUp(id, BigInt(step.rubles) * 100n, null)
      const one = run.opened.find((known) => known.paymentId === paymentId)
      return one && run.pay(one)
    }
    case 'spend':
      return run.spend(id, step.plan)
    case 'rest': {
      const missing = (await run.planOf(id, step.plan)).price.minor - (await balanceOf(id))
      return missing > 0n && run.topUp(id, missing, step.plan)
    }
    case 'together':
      return Promise.all(run.people.map((one) => run.open(one, step.plan)))
  }
}

test('whatever customers do with a code, its uses are right and nobody pays another price', {
  timeout: 240_000,
}, async () => {
  let used = 0
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 6, maxLength: 18 }), async (actions) => {
      const people: CustomerId[] = []
      for (let count = 0; count < 3; count++) people.push((await world.addCustomer()).id)
      const gift = { kind: 'discount', size: { kind: 'percent', percent: 20 } } as const
      const limits = { mostUses: 2, mostUsesEach: 1, isForNewcomers: false, plans: null, startsAt: null, endsAt: null }
      const made = await world.shop.createPromo(1n, { code: null, gift, ...limits })
      if (made.kind !== 'created') throw new Error(made.kind)
      const run = new Run(people, made.code)
      for (const id of people) await world.shop.redeemPromo(id, made.code)
      for (const step of actions) {
        await perform(run, step)
        const uses = await readUses(made.code)
        expect(uses.uses).toBe(uses.held)
        expect(uses.uses).toBeLessThanOrEqual(2 + run.late)
        expect(uses.most_of_one).toBeLessThanOrEqual(1 + run.late)
      }
      // Once every invoice has run out, only what was paid has used the code.
      await run.pass(26 * 60)
      const [paid] = await world.fixture.database.em().execute<{ count: number }[]>(
        `select count(*)::int as count from orders o join promo_codes c on c.id = o.promo_id
           where c.code = ? and o.state = 'paid' and o.kind = 'plan'`,
        [made.code],
      )
      expect((await readUses(made.code)).uses).toBe(paid!.count)
      expect(await world.shop.checkBooks()).toEqual([])
      used += paid!.count
    }),
    { numRuns: 60 },
  )
  expect(used).toBeGreaterThan(10)
})
