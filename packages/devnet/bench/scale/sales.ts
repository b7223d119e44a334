import type { AccessId, CustomerId, PaymentId } from '@vpn-kiosk/domain'
import type { Figure } from '../figures.ts'
import { type LargeWorld, servers, settleWork } from './large-world.ts'
import { figureOf, timeAll } from './time-calls.ts'

const settleMs = 50
const firstKeyMs = 150
const atOnce = 10
const rounds = 4

/** What a purchase costs in a large shop, and the first key of one that has twenty servers. */
export async function timeSales(world: LargeWorld): Promise<Figure[]> {
  const { shop } = world.app
  const figures = await timeAll(world, [
    {
      what: 'settling of a new customer, its transaction',
      aimMs: settleMs,
      call: async () => ({ partMs: await settle(world, (await buy(world, await addCustomer(world))).paymentId) }),
    },
    {
      what: 'settling of a renewal, its transaction',
      aimMs: settleMs,
      call: async (n) => ({ partMs: await settle(world, (await buy(world, world.customer(n).customerId)).paymentId) }),
    },
    {
      what: `first key on ${servers} servers, from paid on`,
      aimMs: firstKeyMs,
      call: async () => {
        const customerId = await addCustomer(world)
        const { paymentId } = await buy(world, customerId)
        await settle(world, paymentId)
        return { partMs: await timeFirstKey(world, customerId) }
      },
    },
  ])
  const together: number[] = []
  for (let round = 0; round < rounds; round++) {
    const bought = await Promise.all(Array.from({ length: atOnce }, async () => buy(world, await addCustomer(world))))
    const settling = bought.map(async ({ paymentId }) => {
      const from = performance.now()
      await shop.settlePayment(paymentId)
      together.push(performance.now() - from)
    })
    await Promise.all(settling)
  }
  await settleWork(world)
  return [...figures, figureOf(`settling of new customers, ${atOnce} at once on ${servers} endpoints`, together, null)]
}

let people = 0

async function addCustomer({ app: { shop } }: LargeWorld): Promise<CustomerId> {
  people += 1
  const telegramId = BigInt(900_000_000 + people)
  return (await shop.recognizeCustomer({ telegramId, firstName: 'Buyer', languageCode: 'ru' })).customer.id
}

/** An invoice that the provider knows to be paid, and the shop does not. */
export async function buy(
  { app: { shop }, yookassa }: LargeWorld,
  customerId: CustomerId,
): Promise<{ paymentId: PaymentId }> {
  const plan = (await shop.listPlans()).find(({ code }) => code === 'month')!
  const asked = {
    planId: plan.id,
    providerId: 'yookassa',
    returnUrl: 'https://t.me/bench',
    description: 'VPN',
  } as const
  const started = await shop.startPurchase({ ...asked, customerId })
  if (started.kind !== 'invoice') throw new Error(`no invoice was opened: ${started.kind}`)
  const invoice = yookassa.listInvoices().find(({ paymentId }) => paymentId === started.paymentId)
  await yookassa.pay(invoice!.reference)
  return { paymentId: started.paymentId }
}

/** Returns how long the transaction took; asking the provider came before it. */
export async function settle(world: LargeWorld, paymentId: PaymentId): Promise<number> {
  const { kind } = await world.app.shop.settlePayment(paymentId)
  if (kind !== 'settled') throw new Error(`the payment was not settled: ${kind}`)
  return world.passedAt('settle:committed') - world.passedAt('settle:fetched')
}

/** All its servers are asked at once, as the fetchers of the jobs do. */
async function timeFirstKey({ app: { shop, db } }: LargeWorld, customerId: CustomerId): Promise<number> {
  const accesses = await db
    .em()
    .execute<{ id: AccessId }[]>(
      'select a.id from accesses a join subscriptions s on s.id = a.subscription_id where s.customer_id = ?',
      [customerId],
    )
  const from = performance.now()
  const granted = accesses.map(({ id }) => shop.provisionAccess(id))
  await Promise.any(granted)
  const key = await shop.getKey(customerId)
  const ms = performance.now() - from
  if (!key || key.isPreparing) throw new Error('there is no key')
  await Promise.all(granted)
  return ms
}
