import { flushCompileCache } from 'node:module'
import { createApp, createLogger, loadEnvironment, readConfig } from '@vpn-kiosk/app'
import type { JobData } from '@vpn-kiosk/shop'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { type Answer, callVerb, type Order } from './call-verb.ts'
import { runSweeps } from './run-sweeps.ts'
import { startTelling } from './start-telling.ts'
import { dieAt, watchAwaits } from './watch-awaits.ts'

/** A process of the shop that does what it is told over its channel, until it dies of it. */
const checkpoint = watchAwaits()
const config = readConfig(loadEnvironment())
if (config.database.kind !== 'url') throw new Error('the world names its database by address')
const clock = createSimulatedClock()
const logger = createLogger({ name: 'kills', level: 'fatal' })
const parts = { config, databaseUrl: config.database.url, logger, takesWork: false, supervisesQueue: false }
const app = await createApp(parts, { clock, checkpoint })
/** Started when it is first asked for: it polls Telegram, and two at once would quarrel. */
let telling: Promise<(job: JobData<'tell-customer'>) => Promise<unknown>> | undefined
const verbs = {
  ...app.shop,
  tellCustomer: async (job: JobData<'tell-customer'>) => (await telling)?.(job),
}
const answer = (what: Answer) => process.send?.(what)

async function obey(order: Order): Promise<Answer> {
  clock.set(order.at)
  if (order.kind === 'sweep') {
    await runSweeps(app)
    return { kind: 'done', passed: 0 }
  }
  if (order.call.verb === 'tellCustomer') {
    telling ??= startTelling(app)
    await telling
  }
  const { passed } = await dieAt(order.fatal, () => callVerb(verbs, order.call))
  return { kind: 'done', passed }
}

process.on('message', (order: Order) => {
  obey(order).then(answer, (error: unknown) =>
    answer({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
})
process.on('disconnect', () => process.exit())
// Whoever is killed writes nothing at its end, and the next process would compile everything again.
flushCompileCache()
answer({ kind: 'ready' })
