import { readFileSync } from 'node:fs'
import { sql } from '@vpn-kiosk/db'
import type { CustomerId, OrderId, PaymentId, SubscriptionId, TicketId } from '@vpn-kiosk/domain'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { cast } from '../../src/cast.ts'
import { startXuiSimulator } from '../../src/panels/xui/start-xui-simulator.ts'
import { addBenchServer, type BenchWorld } from '../world/bench-world.ts'
import { largeShop, seedLargeShop } from '../world/seed-large-shop.ts'

/** A bench's world whose shop is large, with rows of it to ask for. */
export interface LargeWorld extends BenchWorld {
  readonly size: number
  readonly owner: bigint
  /** `n`th of so many customers all over the shop; the same for the same `n`. */
  customer(n: number): Sample
  /** Processor time so far of this process and of all that Postgres does for it. */
  processorMs(): Promise<number>
}

interface Sample {
  readonly customerId: CustomerId
  readonly telegramId: bigint
  readonly username: string
  readonly token: string
  readonly subscriptionId: SubscriptionId
  readonly paymentId: PaymentId
  readonly orderId: OrderId
  readonly reference: string
  readonly ticketId: TicketId
}

export const servers = 20
const samples = 100

/** Twenty servers with a panel each in this process, and as many customers as asked for. Returns how to close the panels. */
export async function createLargeWorld(
  world: BenchWorld,
  size: number,
): Promise<{ readonly world: LargeWorld; close(): Promise<void> }> {
  const clock = createSimulatedClock()
  const panels = [world.panel]
  for (let n = 2; n <= servers; n++) {
    const panel = await startXuiSimulator({ clock, generation: 'modern' })
    panels.push(panel)
    await addBenchServer(world.app, panel, `ams-${n}`, largeShop.customers)
  }
  const db = world.app.db
  await db.em().execute('update servers set capacity = ?', [largeShop.customers])
  await seedLargeShop(db, { ...largeShop, customers: size }, new Date())
  await world.app.shop.refreshFigures()
  world.yookassa.setWebhooks(false)
  const people = await readSamples(world)
  return {
    world: {
      ...world,
      size,
      owner: BigInt(cast.people.owner.id),
      customer: (n) => people[n % people.length]!,
      processorMs: () => readProcessorMs(world),
    },
    close: async () => {
      for (const panel of panels.slice(1)) await panel.close()
    },
  }
}

/** Every customer whose number is divisible by 20 has asked for help; of these some that have bought too. */
async function readSamples({ app: { db } }: BenchWorld): Promise<Sample[]> {
  const rows = await db.em().execute<Record<string, string>[]>(
    `select distinct on (c.id) c.id as customer, c.telegram_id, c.username, s.token, s.id as subscription, p.id as payment, p.order_id, p.reference, t.id as ticket
     from (select * from tickets order by id limit ${samples * 2}) t join customers c on c.id = t.customer_id
     join subscriptions s on s.customer_id = c.id join payments p on p.customer_id = c.id order by c.id limit ${samples}`,
  )
  return rows.map((row) => ({
    customerId: row.customer as CustomerId,
    telegramId: BigInt(row.telegram_id!),
    username: row.username!,
    token: row.token!,
    subscriptionId: row.subscription as SubscriptionId,
    paymentId: row.payment as PaymentId,
    orderId: row.order_id as OrderId,
    reference: row.reference!,
    ticketId: row.ticket as TicketId,
  }))
}

/** From Linux' books, to the nanosecond; 0 where there are none. A connection that was closed meanwhile is not counted. */
async function readProcessorMs({ app: { db } }: BenchWorld): Promise<number> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity where backend_type in ('client backend', 'parallel worker')`.execute(
    db.getKysely(),
  )
  return [...rows.map(({ pid }) => pid), process.pid].reduce((sum, pid) => sum + scheduledMs(pid), 0)
}

function scheduledMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return 0
  }
}

/** What jobs would have done meanwhile. */
export async function settleWork({ app: { db } }: BenchWorld): Promise<void> {
  const em = db.em()
  await em.execute('delete from pgboss.job')
  await em.execute(
    `update accesses set applied_revision = desired_revision, credentials = '-' where applied_revision < desired_revision`,
  )
  await em.execute('delete from pending_deliveries')
  await em.execute(`update notifications set state = 'sent', sent_at = created_at where state in ('held', 'queued')`)
}
