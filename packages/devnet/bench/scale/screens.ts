import type { PaymentId } from '@vpn-kiosk/domain'
import type { Figure } from '../figures.ts'
import type { LargeWorld } from './large-world.ts'
import { type Timed, timeAll } from './time-calls.ts'

const screenMs = 150
const dashboardMs = 100

/** What admins, agents and customers look at; a verb each. */
export async function timeScreens(world: LargeWorld): Promise<Figure[]> {
  return timeAll(world, [
    ...dashboards(world),
    ...searches(world),
    ...cards(world),
    ...(await payments(world)),
    ...tickets(world),
    ...own(world),
  ])
}

const dashboards = ({ app: { shop }, owner }: LargeWorld): Timed[] => [
  { what: 'dashboard', aimMs: dashboardMs, call: () => shop.getDashboard(owner) },
  { what: 'servers', aimMs: screenMs, call: () => shop.listServers(owner) },
  { what: 'what waits (health, metrics)', aimMs: screenMs, call: () => shop.getBacklog() },
  { what: 'processes', aimMs: screenMs, call: () => shop.listProcesses() },
  { what: 'plans', aimMs: screenMs, call: () => shop.listPlans() },
  { what: 'staff', aimMs: screenMs, call: () => shop.listStaff(owner) },
]

const searches = ({ app: { shop }, owner, customer }: LargeWorld): Timed[] => {
  const search = (by: string, query: (n: number) => string): Timed => ({
    what: `search by ${by}`,
    aimMs: screenMs,
    call: (n) => shop.findCustomers(owner, query(n)),
  })
  return [
    search('our id', (n) => customer(n).customerId),
    search('Telegram id', (n) => String(customer(n).telegramId)),
    search('@name', (n) => `@${customer(n).username}`),
    search("a payment's id", (n) => customer(n).paymentId),
    search("the provider's reference", (n) => customer(n).reference),
    search('a part of the name that many have', () => 'van'),
    search('first and last name', () => 'Kira Petrov'),
    search('a part of the username', (n) => customer(n).username.slice(1)),
    search('what nobody is called', (n) => `Zyx${n} Qwv`),
  ]
}

const cards = ({ app: { shop }, owner, customer }: LargeWorld): Timed[] => [
  { what: "customer's card", aimMs: screenMs, call: (n) => shop.getCustomerCard(owner, customer(n).customerId) },
  {
    what: "customer's card by Telegram id",
    aimMs: screenMs,
    call: (n) => shop.findCustomerCard(owner, customer(n).telegramId),
  },
  { what: "payment's card", aimMs: screenMs, call: (n) => shop.inspectPayment(owner, customer(n).paymentId) },
]

async function payments({ app: { shop, db }, owner, customer }: LargeWorld): Promise<Timed[]> {
  const [deep] = await db
    .em()
    .execute<{ id: PaymentId }[]>('select id from payments order by created_at, id limit 1 offset 1000')
  const olderThan = deep!.id
  return [
    { what: 'payments, first page', aimMs: screenMs, call: () => shop.inspectPayments(owner, {}) },
    { what: 'payments, among the oldest', aimMs: screenMs, call: () => shop.inspectPayments(owner, { olderThan }) },
    {
      what: 'payments of one customer',
      aimMs: screenMs,
      call: (n) => shop.inspectPayments(owner, { customerId: customer(n).customerId }),
    },
  ]
}

const tickets = ({ app: { shop }, owner, customer }: LargeWorld): Timed[] => [
  {
    what: "ticket's card",
    aimMs: screenMs,
    call: (n) => shop.getTicketCard({ ticketId: customer(n).ticketId }, owner),
  },
  { what: "customer's tickets", aimMs: screenMs, call: (n) => shop.listCustomerTickets(customer(n).customerId) },
]

const own = ({ app: { shop }, customer }: LargeWorld): Timed[] => [
  { what: "customer's subscription", aimMs: screenMs, call: (n) => shop.getSubscription(customer(n).customerId) },
  { what: 'devices', aimMs: screenMs, call: (n) => shop.listDevices(customer(n).customerId) },
  { what: 'referrals', aimMs: screenMs, call: (n) => shop.getReferral(customer(n).customerId) },
]
