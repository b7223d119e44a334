import { addDays } from '@vpn-kiosk/domain'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { cast } from '../../src/cast.ts'
import { startXuiSimulator } from '../../src/panels/xui/start-xui-simulator.ts'
import { type Figure, megabytes } from '../figures.ts'
import { timeCalls, timeOnce } from '../scale/time-calls.ts'
import { addBenchServer, type BenchWorld } from '../world/bench-world.ts'
import { largeShop, seedLargeShop } from '../world/seed-large-shop.ts'

const payments = 320_000
const owner = BigInt(cast.people.owner.id)

/** A month that is over, in which 300,000 payments came; half of each is still owed. What its report and its file take. */
export async function benchReport({ app }: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  // Each customer has keys on two servers; nobody asks their panels for anything.
  const panel = await startXuiSimulator({ clock: createSimulatedClock(), generation: 'modern' })
  try {
    await addBenchServer(app, panel, 'ams-2', payments)
    await app.db.em().execute('update servers set capacity = ?', [payments])
    return await timeMonth(app, isQuick)
  } finally {
    await panel.close()
  }
}

async function timeMonth({ db, shop }: BenchWorld['app'], isQuick: boolean): Promise<Figure[]> {
  const today = new Date()
  const ended = addDays(new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1)), -1)
  const customers = (isQuick ? payments / 10 : payments) / largeShop.paymentsEach
  await seedLargeShop(db, { ...largeShop, customers, paymentDays: 26, notificationsEach: 1 }, ended)
  await db.em().execute('update sales set deferred_minor = amount_minor / 2')
  await db.em().execute('vacuum analyze sales')
  const running = await shop.getMonthReport(owner)
  if (running.kind !== 'seen') throw new Error(running.kind)
  const month = running.value.previous
  const read = () => shop.getMonthReport(owner, month)
  const seen = await read()
  const sold = seen.kind === 'seen' ? seen.value.sales.reduce((sum, { count }) => sum + count, 0) : 0
  const many = `a month with ${sold.toLocaleString('en')} payments`
  const report = await timeCalls({ processorMs: async () => 0 }, { what: `report of ${many}`, aimMs: 2000, call: read })
  let bytes = 0
  const file = await timeOnce(`file for the accountant of ${many}`, { aimMs: null }, async () => {
    const written = await shop.exportMonth(owner, month)
    bytes = written.kind === 'seen' ? written.value.byteLength : 0
  })
  return [report, { ...file, beside: megabytes(bytes) }]
}
