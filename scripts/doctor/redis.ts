import { Redis } from 'ioredis'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'redis'

export const redisCheck: Check = {
  name,
  examine: async ({ config }) => {
    if (config.redis.kind === 'memory') {
      return [notSet(name, 'REDIS_URL is not set: sessions live in memory, which is enough for one machine')]
    }
    const redis = new Redis(config.redis.url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 5_000 })
    // The rejected call carries the error; an `error` event without a listener would end the process.
    let reason = 'no answer'
    redis.on('error', (error) => {
      reason = error.message
    })
    try {
      await redis.connect()
      await redis.ping()
      return [fine(name, 'answers')]
    } catch {
      return [wrong(name, `does not answer (${reason})`, 'check REDIS_URL, and that redis-server runs')]
    } finally {
      redis.disconnect()
    }
  },
}
