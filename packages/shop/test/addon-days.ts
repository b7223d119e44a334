import { type AddonId, type Customer, type CustomerId, hourMs, newId, type PaymentId } from '@vpn-kiosk/domain'
import type { TestShop } from '@vpn-kiosk/shop/testing'
import fc from 'fast-check'

/** What happens to add-ons on a shop's days: ordered and paid some hours later, in part given back; bought from the balance. */
export const addonActions = [
  fc.record({
    kind: fc.constant('addon' as const),
    which: fc.nat(9),
    surplus: fc.constantFrom(0n, 1n),
    hours: fc.constantFrom(0, 1, 900),
    percentBack: fc.constantFrom(0, 50, 100),
  }),
  fc.record({ kind: fc.constant('add_from_balance' as const), which: fc.nat(9) }),
] as const

/** Two add-ons on sale: devices everybody may add, traffic whoever has a limit. */
export async function sellAddons({ shop }: TestShop): Promise<void> {
  for (const [kind, amount] of [
    ['devices', 3],
    ['traffic', 7],
  ] as const) {
    const made = await shop.createAddon(1n, { kind, amount, price: '70', currency: 'RUB' }, `addon-${kind}`)
    if (made.kind === 'created') await shop.updateAddon(1n, made.addonId, { isActive: true })
  }
}

type Invoice = { readonly paymentId: PaymentId; readonly reference: string }

/** What a day of the shop does otherwise, for one customer's `Run`. */
interface Means<Run, Bought> {
  readonly world: () => TestShop
  /** Once more after a death. */
  readonly twice: (run: () => Promise<unknown>) => Promise<void>
  readonly pay: (run: Run, invoice: Invoice, surplus: bigint) => Promise<void>
  readonly refund: (bought: Bought, percent: number) => Promise<void>
}

interface OneRun<Bought> {
  readonly customer: Customer
  readonly bought: readonly Bought[]
}

type Step<Kind> = typeof addonActions extends readonly (infer One)[]
  ? One extends fc.Arbitrary<infer S>
    ? Extract<S, { readonly kind: Kind }>
    : never
  : never

/** The acts of `addonActions`. */
export const createAddonActs = <Bought, Run extends OneRun<Bought>>({ world, ...by }: Means<Run, Bought>) => ({
  addon: async (run: Run, { which, hours, surplus, percentBack }: Step<'addon'>) => {
    const addonId = await chooseAddon(world(), run.customer.id, which)
    if (!addonId) return
    const invoice = await orderAddon(world(), { customerId: run.customer.id, addonId }, by.twice)
    world().clock.advance(hours * hourMs)
    await by.pay(run, invoice, surplus)
    await by.refund(run.bought.at(-1)!, percentBack)
  },
  add_from_balance: async ({ customer: { id: customerId } }: Run, { which }: Step<'add_from_balance'>) => {
    const addonId = await chooseAddon(world(), customerId, which)
    const wish = addonId && { customerId, addonId, requestId: newId('order') }
    if (wish) await by.twice(() => world().shop.buyAddon(wish))
  },
})

/** One that fits the customer; null where none does. */
async function chooseAddon({ shop }: TestShop, customerId: CustomerId, which: number): Promise<AddonId | null> {
  const addons = (await shop.listAddons(customerId))?.addons ?? []
  return addons[which % Math.max(1, addons.length)]?.id ?? null
}

async function orderAddon(
  { shop, provider }: TestShop,
  wish: { readonly customerId: CustomerId; readonly addonId: AddonId },
  twice: Means<never, never>['twice'],
): Promise<Invoice> {
  const terms = { providerId: provider.id, requestId: newId('order'), returnUrl: '', description: '' }
  await twice(() => shop.startAddon({ ...wish, ...terms }))
  const started = await shop.startAddon({ ...wish, ...terms })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  return { paymentId: started.paymentId, reference: `inv-${started.paymentId}` }
}

/** What add-ons give is part of each stretch's limits, and no grant gives less than nothing. */
export async function countWrongAddons({ fixture }: TestShop): Promise<number> {
  const [row] = await fixture.database.em().execute<{ count: string }[]>(
    `select count(*) as count from (
       select p.id from subscription_periods p join addon_grants g on g.period_id = p.id group by p.id
       having min(g.amount - g.taken) < 0
         or p.device_limit < 1 + coalesce(sum(g.amount - g.taken) filter (where g.kind = 'devices'), 0)
         or p.traffic_limit_bytes < coalesce(sum(g.amount - g.taken) filter (where g.kind = 'traffic'), 0) * 1073741824
     ) wrong`,
  )
  return Number(row?.count)
}

/** Whether add-ons were granted, taken back, and paid too late. */
export async function haveAddonsHappened({ fixture }: TestShop): Promise<boolean> {
  const [row] = await fixture.database.em().execute<Record<'granted' | 'taken' | 'late', string>[]>(
    `select count(*) as granted, count(*) filter (where taken > 0) as taken,
       (select count(*) from notifications where content->'undelivered'->>'why' = 'over') as late from addon_grants`,
  )
  return [row!.granted, row!.taken, row!.late].every((count) => Number(count) > 0)
}
