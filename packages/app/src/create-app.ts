import { type Database, isDatabaseAway, openDatabase } from '@vpn-kiosk/db'
import type { Clock, DriverId, DriverKind, PaymentProvider, ProviderId } from '@vpn-kiosk/domain'
import { listLanguages } from '@vpn-kiosk/i18n'
import { createPaymentProviders } from '@vpn-kiosk/payments'
import { openQueue, type Queue } from '@vpn-kiosk/queue'
import {
  createEndpointPool,
  createShop,
  createStarChargeBook,
  createVault,
  type Shop,
  type ShopDeps,
} from '@vpn-kiosk/shop'
import { driverKinds } from '@vpn-kiosk/vpn'
import type { Redis } from 'ioredis'
import { assertSecretKey } from './assert-secret-key.ts'
import { systemClock } from './clock.ts'
import { type Config, defaultPoolSize, requiredProcesses, requireSecretKeys } from './config.ts'
import { logEvents } from './log-events.ts'
import type { Logger } from './logger.ts'
import { throttleWarnings } from './throttle-warnings.ts'

/** What a process works with. */
export interface App {
  readonly config: Config
  readonly logger: Logger
  readonly clock: Clock
  readonly shop: Shop
  readonly queue: Queue
  readonly db: Database
  /** Null: sessions and limits live in memory. */
  readonly redis: Redis | null
  /** What bots wait for instead of apologising: the database is away for a moment. */
  readonly outage: { readonly isOutage: (error: unknown) => boolean }
  /** Ends everything in reverse order. */
  close(): Promise<void>
}

export interface AppParts {
  readonly config: Config
  readonly databaseUrl: string
  readonly logger: Logger
  /** Connections of this process to the database (6), where DATABASE_POOL_SIZE says nothing. */
  readonly poolSize?: number
  /** Whether this process looks after jobs whose worker died (true). */
  readonly supervisesQueue?: boolean
  /** Whether this process takes work from the queue (true). */
  readonly takesWork?: boolean
}

/** What tests and devnet put in place of the real thing. */
export interface AppOverrides {
  readonly clock?: Clock
  readonly providers?: ReadonlyMap<ProviderId, PaymentProvider>
  readonly drivers?: ReadonlyMap<DriverId, DriverKind>
  readonly checkpoint?: ShopDeps['checkpoint']
}

/** Builds the whole shop: database, queue, providers, drivers, verbs. The only place that knows every room. */
export async function createApp(parts: AppParts, overrides: AppOverrides = {}): Promise<App> {
  const { config, logger, databaseUrl } = parts
  const clock = overrides.clock ?? systemClock
  const poolSize = config.databasePoolSize ?? parts.poolSize ?? defaultPoolSize
  const db = await openDatabase(databaseUrl, poolSize, {
    onWait: complainOfWait(logger),
    backupPassphrase: config.backupPassphrase,
  })
  const vault = createVault(requireSecretKeys(config))
  await assertSecretKey({ db, vault, clock }).catch(async (error) => {
    await db.close()
    throw error
  })
  const complainOfQueue = throttleWarnings((error, passedOver) =>
    logger.warn({ reason: error.message, passedOver }, 'The queue waits for the database'),
  )
  const queue = await openQueue({
    url: databaseUrl,
    listens: parts.takesWork ?? true,
    supervises: parts.supervisesQueue ?? true,
    pool: await db.pool(),
    onError: (error, job) =>
      job
        ? logger.warn({ err: error, job: job.name, data: job.data }, 'A job failed and will be tried again')
        : complainOfQueue(error),
  }).catch(async (error) => {
    await db.close()
    throw error
  })
  const providers =
    overrides.providers ??
    createPaymentProviders(config.payments, { clock, starCharges: createStarChargeBook({ db, clock }) })
  const drivers = overrides.drivers ?? driverKinds
  const endpoints = createEndpointPool({ drivers, vault, clock, rests: { db, queue } })
  const redis = config.redis.kind === 'url' ? await openRedis(config.redis.url, logger) : null
  const policy = {
    ...config.shop,
    languages: listLanguages(),
    publicUrl: config.http.publicUrl ?? `http://${config.http.host}:${config.http.port}`,
    backupDirectory: config.directories.backups,
    filledFolders: filledFolders(config),
    processes: requiredProcesses(config),
    retentionDays: config.retentionDays,
    ownerTelegramId: config.telegram.ownerId === null ? null : BigInt(config.telegram.ownerId),
  }
  const checkpoint = overrides.checkpoint ?? (() => {})
  const shop = logEvents(
    createShop({ db, queue, clock, vault, providers, drivers, endpoints, policy, checkpoint }),
    logger,
  )

  return {
    config,
    logger,
    clock,
    shop,
    queue,
    db,
    redis,
    outage: { isOutage: isDatabaseAway },
    close: async () => {
      await queue.close()
      await endpoints.close()
      redis?.disconnect()
      await db.close()
    },
  }
}

/** The folder of the data is ours to watch where the database lies in it. */
const filledFolders = ({ database, directories }: Config): string[] =>
  database.kind === 'embedded' ? [directories.backups, directories.data] : [directories.backups]

/** In one sentence what keeps a process waiting, rarely. */
function complainOfWait(logger: Logger) {
  const say = throttleWarnings((error, passedOver) => logger.warn({ passedOver }, error.message))
  return (reason: 'full' | 'busy' | 'slow', own: number): void => {
    const sentence = {
      full: `Postgres lets no more connections in (max_connections): this process has ${own} and waits`,
      busy: `All ${own} connections of this process to the database are busy (DATABASE_POOL_SIZE): waiting for one`,
      slow: 'Waiting for a connection to the database: Postgres is slow to let one in',
    }[reason]
    say(Object.assign(new Error(sentence), { code: reason }))
  }
}

/** Reconnects by itself; nothing kept there is the only copy. */
async function openRedis(url: string, logger: Logger): Promise<Redis> {
  // A process that uses none does without its ten megabytes.
  const { Redis } = await import('ioredis')
  // Whoever asks does without it at once while it is away, and after a second when it hangs.
  const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 1_000 })
  const complain = throttleWarnings((error, passedOver) =>
    logger.warn({ reason: error.message, passedOver }, 'Redis does not answer'),
  )
  redis.on('error', complain)
  return redis
}
