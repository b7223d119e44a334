import { type App, createApp } from '@vpn-kiosk/app'
import { sql } from '@vpn-kiosk/db'
import { addMs, dayMs, hourMs, type PlanId } from '@vpn-kiosk/domain'
import { cast } from '../cast.ts'
import type { Simulators } from '../simulators.ts'
import { createInstantProvider } from './instant-provider.ts'
import { firstNames, seededId } from './names.ts'
import { seedPriceList } from './seed-price-list.ts'

const shares = ['yookassa', 'yookassa', 'yookassa', 'cryptobot', 'yookassa', 'test'] as const

/**
 * A month of business: people who came, tried, bought and renewed, made by the shop's own verbs with the clock set
 * back, so that the dashboard has something true to show. Nobody is told anything about it.
 */
export async function seedHistory(app: App, world: Simulators): Promise<void> {
  const present = world.clock.now()
  const providers = new Map(['yookassa', 'cryptobot', 'test'].map((id) => [id, createInstantProvider(id)]))
  const past = await createApp(
    { config: app.config, databaseUrl: urlOf(app), logger: app.logger },
    { clock: world.clock, providers },
  )
  try {
    const plans = await past.shop.listPlans()
    for (const [index, firstName] of firstNames.entries()) {
      world.clock.set(addMs(present, -30 * dayMs + index * 17 * hourMs + (index % 5) * 37 * 60_000))
      if (world.clock.now() > present) break
      await live(past, world, { index, firstName, planId: plans[index % 7 === 0 ? 2 : index % 3 === 0 ? 1 : 0]!.id })
    }
  } finally {
    world.clock.set(present)
    await past.close()
  }
  await forgetNotifications(app)
  await seedPriceList(app.shop)
}

interface Life {
  readonly index: number
  readonly firstName: string
  readonly planId: PlanId
}

async function live({ shop }: App, { telegram }: Simulators, { index, firstName, planId }: Life): Promise<void> {
  const person = telegram.people.createPerson({
    id: seededId(index),
    firstName,
    languageCode: index % 4 === 0 ? 'en' : 'ru',
  })
  const { customer } = await shop.recognizeCustomer({
    telegramId: BigInt(person.id),
    firstName,
    languageCode: index % 4 === 0 ? 'en' : 'ru',
  })
  if (index % 2 === 0) await shop.startTrial(customer.id)
  if (index % 5 === 4) return
  const providerId = shares[index % shares.length] ?? 'test'
  const returnUrl = `https://t.me/${cast.bots.client.username}`
  const started = await shop.startPurchase({
    customerId: customer.id,
    planId,
    providerId,
    returnUrl,
    description: 'VPN',
  })
  if (started.kind === 'invoice') await shop.settlePayment(started.paymentId)
}

/** What happened long ago is not announced today: neither to customers nor to staff. */
async function forgetNotifications({ db }: App): Promise<void> {
  const kysely = db.getKysely()
  await kysely
    .updateTable('notifications')
    .set((eb) => ({ state: 'sent', sent_at: eb.ref('created_at') }))
    .execute()
  await sql`delete from pgboss.job where name in ('tell-customer', 'tell-staff')`.execute(kysely)
  await kysely.deleteFrom('alert_events').execute()
}

function urlOf({ config }: App): string {
  if (config.database.kind !== 'url') throw new Error('a devnet names its database by address')
  return config.database.url
}
