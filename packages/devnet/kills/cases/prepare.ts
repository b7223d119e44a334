import { type Customer, type CustomerId, money, type PaymentId } from '@vpn-kiosk/domain'
import type { KillWorld } from '../kill-world.ts'
import { runSweeps } from '../run-sweeps.ts'

/** In minor units, as the seeded month costs. */
export const monthMinor = 29_900n

let requests = 0
/** Of a button that nobody pressed before. */
export const newRequest = (): string => {
  requests += 1
  return `press${requests}`
}

export const terms = { providerId: 'yookassa', method: 'bank_card', returnUrl: 'https://t.me/x', description: 'VPN' }

/** Has the customer pay every open invoice at the provider, which rings nobody. */
export async function payInvoices({ app, yookassa }: KillWorld, customerId: CustomerId): Promise<void> {
  const ours = await app.db
    .em()
    .execute<{ id: string }[]>(`select id from payments where customer_id = ? and provider = 'yookassa'`, [customerId])
  for (const { reference, paymentId, status } of yookassa.listInvoices())
    if (status === 'pending' && ours.some(({ id }) => id === paymentId)) await yookassa.pay(reference)
}

/** An invoice that is paid at the provider, and that the shop has not looked at since. */
export async function payForMonth(world: KillWorld, customerId: CustomerId, kind?: 'gift'): Promise<PaymentId> {
  const planId = await world.planOf('month')
  const started = await world.app.shop.startPurchase({ customerId, planId, ...(kind && { kind }), ...terms })
  if (started.kind !== 'invoice') throw new Error(started.kind)
  await payInvoices(world, customerId)
  return started.paymentId
}

/** A customer with a month that runs, and its payment. */
export async function sellMonth(
  world: KillWorld,
  to?: Customer,
): Promise<{ customer: Customer; paymentId: PaymentId }> {
  const customer = to ?? (await world.addCustomer())
  const paymentId = await payForMonth(world, customer.id)
  await world.app.shop.settlePayment(paymentId)
  await runSweeps(world.app)
  return { customer, paymentId }
}

/** Puts money on a customer's balance. */
export async function topUp(world: KillWorld, customerId: CustomerId, minor: bigint): Promise<PaymentId> {
  const wish = { customerId, amount: money(minor, 'RUB'), planId: null, requestId: newRequest(), ...terms }
  const started = await world.app.shop.startTopUp(wish)
  if (started.kind !== 'invoice') throw new Error(started.kind)
  await payInvoices(world, customerId)
  await world.app.shop.settlePayment(started.paymentId)
  return started.paymentId
}

/** A gift that is paid and waits, and somebody who has its link. */
export async function giveMonth(world: KillWorld) {
  const [giver, friend] = [await world.addCustomer(), await world.addCustomer()]
  const paymentId = await payForMonth(world, giver.id, 'gift')
  await world.app.shop.settlePayment(paymentId)
  const code = (await world.app.shop.listGifts(giver.id)).lines[0]?.code
  if (!code) throw new Error('there is no gift')
  return { giver, friend, paymentId, code }
}
