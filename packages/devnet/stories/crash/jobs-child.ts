import { createApp, createLogger, loadEnvironment, readConfig } from '@vpn-kiosk/app'
import { startJobs } from '@vpn-kiosk/jobs'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'

/**
 * The jobs process that dies as by `kill -9` when it comes to the step named first on its command line (`none` = never).
 * The second argument sets its clock forward by so many milliseconds, so that nobody has to wait for a lease to end.
 */
const [fatalStep, aheadMs] = process.argv.slice(2)
const config = readConfig(loadEnvironment())
if (config.database.kind !== 'url') throw new Error('the story names its database by address')
const clock = createSimulatedClock(new Date(Date.now() + Number(aheadMs)))
const checkpoint = (step: string) => {
  if (step === fatalStep) process.kill(process.pid, 'SIGKILL')
}
const logger = createLogger({ name: 'jobs', level: 'warn' })
const app = await createApp({ config, databaseUrl: config.database.url, logger }, { clock, checkpoint })
await startJobs(app)
process.send?.('ready')
