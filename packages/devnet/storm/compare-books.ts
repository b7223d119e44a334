import { isAccountId } from '@vpn-kiosk/domain'
import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { openPanelSession } from '@vpn-kiosk/vpn/xui-session'
import { Client } from 'pg'
import { z } from 'zod'
import type { YookassaSimulator } from '../src/providers/yookassa/start-yookassa-simulator.ts'
import type { Shopper } from './customer.ts'
import type { LiveShop } from './live-shop.ts'

/** How to look into the panel. */
export interface PanelDoor {
  readonly inboundIds: readonly number[]
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

export interface Books {
  /** Months paid for: by the provider, by the shop, and those given to customers. */
  readonly provider: number
  readonly paid: number
  readonly granted: number
  /** Customers whose end is not the sum of what they paid for. */
  readonly wrongEnds: number
  /** Customers who paid and whose accounts on the panel are not one, enabled, with the end in the books. */
  readonly wrongAccounts: number
  readonly accounts: number
  /** Payments of which the customer was not told, and messages too many. */
  readonly untold: number
  readonly toldAgain: number
  /** What still waits for an endpoint or a person. */
  readonly waiting: number
}

interface Row {
  readonly telegram_id: string
  readonly ends_at: Date | null
  readonly paid: number
  readonly stretches: number
  readonly days: string | null
  readonly first_at: Date | null
  readonly accounts: readonly string[] | null
}

const rowsStatement = `
  select c.telegram_id, s.ends_at,
    (select count(*)::int from payments p where p.customer_id = c.id and p.state = 'paid') as paid,
    (select count(*)::int from subscription_periods x where x.subscription_id = s.id and x.key like 'payment:%') as stretches,
    (select sum(x.days) from subscription_periods x where x.subscription_id = s.id) as days,
    (select min(x.starts_at) from subscription_periods x where x.subscription_id = s.id) as first_at,
    (select array_agg('vk-' || substr(a.id, 5)) from accesses a where a.subscription_id = s.id and a.removed_at is null) as accounts
  from customers c left join subscriptions s on s.customer_id = c.id`

const waitingStatement = `
  select (select count(*) from accesses where applied_revision < desired_revision)
       + (select count(*) from notifications where state in ('queued', 'held')) as waiting`

const dayMs = 86_400_000

/** Reads the four books and holds them against one another. */
export async function compareBooks(
  { telegram, yookassa, bot }: { telegram: TelegramSimulator; yookassa: YookassaSimulator; bot: string },
  live: LiveShop,
  door: PanelDoor,
  shoppers: readonly Shopper[],
): Promise<Books> {
  const client = new Client(await live.databaseUrl())
  await client.connect()
  const { rows } = await client.query<Row>(rowsStatement)
  const waiting = await client.query<{ waiting: string }>(waitingStatement)
  await client.end()
  const panel = await readPanel(door)
  const told = shoppers.map(({ person, paid }) => ({ paid, told: countTold(telegram, person, bot) }))
  const buyers = rows.filter(({ paid }) => paid > 0)
  return {
    provider: yookassa.listInvoices().filter(({ status }) => status === 'paid').length,
    paid: rows.reduce((sum, { paid }) => sum + paid, 0),
    granted: rows.reduce((sum, { stretches }) => sum + stretches, 0),
    wrongEnds: buyers.filter(
      (row) => row.ends_at?.getTime() !== (row.first_at?.getTime() ?? 0) + Number(row.days) * dayMs,
    ).length,
    wrongAccounts: buyers.filter((row) => !isServed(row, panel)).length,
    accounts: panel.size,
    untold: told.reduce((sum, one) => sum + Math.max(0, one.paid - one.told), 0),
    toldAgain: told.reduce((sum, one) => sum + Math.max(0, one.told - one.paid), 0),
    waiting: Number(waiting.rows[0]?.waiting ?? 0),
  }
}

interface Served {
  readonly email: string
  readonly isEnabled: boolean
  readonly endsAt: number
}

const clientSchema = z.looseObject({ email: z.string(), enable: z.boolean(), expiryTime: z.number() })
const inboundSchema = z.looseObject({
  settings: z.preprocess(
    (value) => (typeof value === 'string' ? JSON.parse(value) : value),
    z.looseObject({ clients: z.array(clientSchema).nullish() }),
  ),
})

/** Our clients in the panel's own list of its first inbound, past the driver. */
async function readPanel({ inboundIds: [first], ...config }: PanelDoor): Promise<Map<string, Served[]>> {
  const session = openPanelSession(config)
  const inbound = inboundSchema.parse(await session.call({ method: 'GET', path: `panel/api/inbounds/get/${first}` }))
  return Map.groupBy(
    (inbound.settings.clients ?? [])
      .filter(({ email }) => isAccountId(email))
      .map(({ email, enable, expiryTime }) => ({
        email,
        isEnabled: enable,
        endsAt: expiryTime,
      })),
    ({ email }) => email,
  )
}

function isServed({ accounts, ends_at: endsAt }: Row, panel: ReadonlyMap<string, readonly Served[]>): boolean {
  const [account, ...more] = accounts ?? []
  const [served, ...again] = panel.get(account ?? '') ?? []
  return more.length + again.length === 0 && served?.isEnabled === true && served.endsAt === endsAt?.getTime()
}

const countTold = ({ people }: TelegramSimulator, person: number, chat: string): number =>
  people
    .transcript({ person, chat, limit: 1_000 })
    .filter(({ isMine, text }) => !isMine && /Your subscription is active until|Renewed: \+/.test(text)).length
