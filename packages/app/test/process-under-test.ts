// A process of its own for run-process.test.ts: does what its argument says.
import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError } from '../src/config-error.ts'
import { type ProcessLife, runProcess } from '../src/run-process.ts'

const hour = 3_600_000

const ways: Record<string, (life: ProcessLife) => Promise<void>> = {
  works: async ({ onStop, logger }) => {
    const work = setInterval(() => undefined, hour)
    onStop('first', () => clearInterval(work))
    onStop('second', async () => {
      await delay(50)
      logger.info('second drained')
    })
    onStop('third', () => logger.info('third drained'))
  },
  waits: async ({ signal, logger }) => {
    logger.info('waiting')
    await delay(hour, undefined, { signal })
  },
  hangs: async ({ onStop, logger }) => {
    setInterval(() => undefined, hour)
    onStop('what never ends', () => delay(hour))
    logger.info('hanging')
  },
  'is misconfigured': async ({ onStop, logger }) => {
    onStop('what was opened', () => logger.info('closed'))
    throw new ConfigError('CLIENT_BOT_TOKEN is not set.')
  },
  breaks: async ({ onStop, logger }) => {
    onStop('what was opened', () => logger.info('closed'))
    throw new Error('broken pipe')
  },
  'breaks later': async ({ onStop, logger }) => {
    onStop('what was opened', () => logger.info('closed'))
    setTimeout(() => void Promise.reject(new Error('nobody caught it')), 10)
    setInterval(() => undefined, hour)
  },
}

const way = ways[process.argv[2] ?? '']
if (!way) throw new Error('Which way?')
await runProcess('web', way)
