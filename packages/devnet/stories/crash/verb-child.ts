import { createApp, createLogger, loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { type VerbCall, verbCalls } from './verb-calls.ts'

/** Calls one verb and dies as by `kill -9` when it comes to the step named first on its command line (`none` = never). */
const [fatalStep, aheadMs, name, ...parameters] = process.argv.slice(2)
const config = readConfig(loadEnvironment())
if (config.database.kind !== 'url') throw new Error('the story names its database by address')
const clock = createSimulatedClock(new Date(Date.now() + Number(aheadMs)))
const checkpoint = (step: string) => {
  if (step === fatalStep) process.kill(process.pid, 'SIGKILL')
}
const logger = createLogger({ name: 'verb', level: 'warn' })
const app = await createApp({ config, databaseUrl: config.database.url, logger }, { clock, checkpoint })
await verbCalls[name as VerbCall](app.shop, parameters)
await app.close()
