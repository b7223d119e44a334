import type { Clock } from '@vpn-kiosk/domain'
import type { Queue, Shop } from '@vpn-kiosk/shop'

/** The part of a pino logger that this room uses. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** What the web does with the business. */
export type WebShop = Pick<
  Shop,
  'policy' | 'receiveWebhook' | 'getKeyByToken' | 'getShop' | 'getShopLogo' | 'recall' | 'getBacklog' | 'getHealth'
>

export type HealthChecks = Readonly<Record<string, () => Promise<unknown>>>

export interface WebDeps {
  readonly shop: WebShop
  readonly queue: Pick<Queue, 'depths'>
  readonly logger: Logger
  readonly clock: Clock
  /** Addresses, CIDR blocks or Fastify's words (`loopback`, `uniquelocal`) of the reverse proxies in front of us. */
  readonly trustedProxies: readonly string[]
  /** What `/health` asks of what we cannot work without, by name; a check that throws is down. Two seconds each. */
  readonly checks: HealthChecks
  /** The same of what we go on without: down, it is named, and we are `degraded`. */
  readonly sideChecks?: HealthChecks
}

/** What one address may ask for in a minute, and how long anybody may take. */
export interface WebLimits {
  /** A provider sends everything from one address: a shop at 50 payments a second hears 3000 a minute of it. */
  readonly webhooksPerMinute: number
  /** Of `/s/` and `/open` together. */
  readonly pagesPerMinute: number
  /** Of all the rest: health, robots, what does not exist. */
  readonly othersPerMinute: number
  /** A whole request must have come in by then. */
  readonly requestTimeoutMs: number
  /** Our own work on it; 503 after that, so that the caller repeats. */
  readonly handlerTimeoutMs: number
}

export const defaultLimits: WebLimits = {
  webhooksPerMinute: 6000,
  pagesPerMinute: 120,
  othersPerMinute: 300,
  requestTimeoutMs: 10_000,
  handlerTimeoutMs: 9_000,
}

/** A webhook's body may have this many bytes. */
export const bodyLimitBytes = 256 * 1024
