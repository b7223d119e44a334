import { accountOf, type CustomerId } from '@vpn-kiosk/domain'
import type { KillWorld } from './kill-world.ts'
import { listWaiting } from './run-sweeps.ts'

type Counts = Readonly<Record<string, number>>

/** What is true of some customers in all the books: the database's, the provider's and the panel's. */
export interface Facts {
  /** Stretches of time, by what they were given for. */
  readonly grants: Counts
  /** How many devices may connect at once, all people together. */
  readonly deviceLimit: number
  /** Of all of them together, rounded: between two runs some seconds pass. */
  readonly hoursLeft: number
  readonly standing: Counts
  /** How often a payment became paid. */
  readonly paid: number
  /** By the beginning of their keys. */
  readonly postings: Counts
  readonly balance: Counts
  readonly refunds: Counts
  readonly gifts: Counts
  /** Orders and payments by their states: what was opened twice shows here. */
  readonly payments: Counts
  /** What the customers were told. */
  readonly told: Counts
  /** What was told of it in the chat. Telling is at least once: who dies between Telegram's answer and its note tells again. */
  readonly read: number
  /** Charges in stars that the shop has kept. */
  readonly charges: number
  readonly provider: { readonly invoices: number; readonly paid: number; readonly returned: number }
  readonly panel: { readonly open: number; readonly closed: number; readonly doubled: number }
  /** Freezes, plan switches and the like, as the history of the shop counts them. */
  readonly activity: Counts
  /** What still waits: accesses, refunds, notifications, jobs. */
  readonly hanging: number
  /** What does not sum to zero, or is owed wrongly; of the whole shop. */
  readonly books: readonly string[]
}

export async function readFacts(world: KillWorld, people: readonly CustomerId[], read: number): Promise<Facts> {
  const { shop } = world.app
  const subscriptions = await Promise.all(people.map((id) => shop.getSubscription(id)))
  const balances = await Promise.all(people.map((id) => shop.getBalance(id)))
  const count = (text: string) => readCounts(world, people, text)
  const ofCustomers = 'where customer_id in (people) group by 1'
  return {
    grants: await count(
      `select split_part(p.key, ':', 1) as name, count(*)::int as n from subscription_periods p
       join subscriptions s on s.id = p.subscription_id ${ofCustomers}`,
    ),
    deviceLimit: subscriptions.reduce((sum, one) => sum + (one?.deviceLimit ?? 0), 0),
    hoursLeft: Math.round(subscriptions.reduce((sum, one) => sum + (one?.leftMs ?? 0), 0) / 3_600_000),
    standing: tally(subscriptions.flatMap((one) => (one ? [one.standing] : []))),
    paid: await countOne(
      world,
      people,
      `select count(*)::int as n from payment_steps s join payments p on p.id = s.payment_id
       where p.customer_id in (people) and s.after = 'paid'`,
    ),
    postings: await count(
      `select split_part(l.key, ':', 1) as name, count(*)::int as n from ledger_postings l
       join payments p on p.id = l.payment_id ${ofCustomers}`,
    ),
    balance: Object.fromEntries(
      balances.flatMap(({ amounts }) => amounts.map(({ currency, minor }) => [currency, Number(minor)])),
    ),
    refunds: await count(
      `select r.state || ' ' || r.amount_minor as name, count(*)::int as n from refunds r
       join payments p on p.id = r.payment_id ${ofCustomers}`,
    ),
    gifts: await count('select state as name, count(*)::int as n from gifts where giver_id in (people) group by 1'),
    payments: await count(
      `select o.kind || ' ' || o.state || ' ' || p.provider || ' ' || p.state as name, count(*)::int as n from payments p
       join orders o on o.id = p.order_id where p.customer_id in (people) group by 1`,
    ),
    told: await count(`select content->>'kind' as name, count(*)::int as n from notifications ${ofCustomers}`),
    read,
    charges: await countOne(
      world,
      people,
      `select count(*)::int as n from star_charges c join payments p on p.id = c.payment_id
       where p.customer_id in (people)`,
    ),
    provider: await readProvider(world, people),
    panel: await readPanel(world, people),
    activity: await count(`select kind as name, count(*)::int as n from activities ${ofCustomers}`),
    hanging: (await countHanging(world, people)) + (await listWaiting(world.app.db)).length,
    books: (await shop.checkBooks()).map(({ kind, amount }) => `${kind} ${amount.minor} ${amount.currency}`),
  }
}

async function readRows<Row extends object>(
  { app }: KillWorld,
  people: readonly CustomerId[],
  text: string,
): Promise<Row[]> {
  const parameters = text.split('(people)').slice(1)
  const statement = text.replaceAll('(people)', `(${people.map(() => '?').join()})`)
  return app.db.em().execute<Row[]>(
    statement,
    parameters.flatMap(() => [...people]),
  )
}

async function readCounts(world: KillWorld, people: readonly CustomerId[], text: string): Promise<Counts> {
  const rows = await readRows<{ name: string; n: number }>(world, people, text)
  return Object.fromEntries(rows.map(({ name, n }) => [name, n] as const).toSorted(([a], [b]) => a.localeCompare(b)))
}

const countOne = async (world: KillWorld, people: readonly CustomerId[], text: string): Promise<number> =>
  (await readRows<{ n: number }>(world, people, text))[0]?.n ?? 0

const tally = (words: readonly string[]): Counts =>
  Object.fromEntries(words.map((word) => [word, words.filter((one) => one === word).length]))

async function readProvider(world: KillWorld, people: readonly CustomerId[]): Promise<Facts['provider']> {
  const rows = await readRows<{ id: string }>(world, people, 'select id from payments where customer_id in (people)')
  const ours = new Set(rows.map(({ id }) => id))
  const invoices = world.yookassa.listInvoices().filter(({ paymentId }) => paymentId && ours.has(paymentId))
  return {
    invoices: invoices.length,
    paid: invoices.filter(({ status }) => status === 'paid').length,
    returned: invoices.reduce((sum, { refunded }) => sum + Number(refunded?.value ?? 0), 0),
  }
}

async function readPanel(world: KillWorld, people: readonly CustomerId[]): Promise<Facts['panel']> {
  const rows = await readRows<{ id: `acc_${string}` }>(
    world,
    people,
    'select a.id from accesses a join subscriptions s on s.id = a.subscription_id where s.customer_id in (people)',
  )
  const ours = new Set<string>(rows.map(({ id }) => accountOf(id)))
  const accounts = world.panel.accounts().filter(({ email }) => ours.has(email))
  return {
    open: accounts.filter(({ enabled }) => enabled).length,
    closed: accounts.filter(({ enabled }) => !enabled).length,
    doubled: accounts.filter(({ email }) => world.panel.countEntries(email) > 1).length,
  }
}

const countHanging = (world: KillWorld, people: readonly CustomerId[]): Promise<number> =>
  countOne(
    world,
    people,
    `select (select count(*) from accesses a join subscriptions s on s.id = a.subscription_id
        where s.customer_id in (people) and a.applied_revision < a.desired_revision)::int
      + (select count(*) from refunds r join payments p on p.id = r.payment_id
        where p.customer_id in (people) and r.state in ('requested', 'pending'))::int
      + (select count(*) from payments where customer_id in (people) and state in ('created', 'pending'))::int
      + (select count(*) from notifications where customer_id in (people) and state = 'held')::int as n`,
  )
