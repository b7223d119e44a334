import type { Clock } from '../clock.ts'

interface Bucket {
  tokens: number
  atMs: number
}

interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

/** What Telegram lets a bot send: 30 a second in all, about one a second to a chat, 20 a minute to a group. */
const botAllowance: Allowance = { burst: 30, perSecond: 30 }
const privateAllowance: Allowance = { burst: 3, perSecond: 1 }
const groupAllowance: Allowance = { burst: 20, perSecond: 20 / 60 }
const keptBuckets = 10_000

/** Token buckets over the methods that send; off until `isOn` is set. */
export class RateLimits {
  isOn = false
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Takes one message's worth; returns the seconds to wait when there is none, else 0. */
  take(botId: number, chatId: number): number {
    if (!this.isOn) return 0
    const nowMs = this.#clock.now().getTime()
    const ofBot = this.#refill(`bot:${botId}`, botAllowance, nowMs)
    const chatAllowance = chatId < 0 ? groupAllowance : privateAllowance
    const ofChat = this.#refill(`${botId}:${chatId}`, chatAllowance, nowMs)
    const waitS = Math.max(missingS(ofBot, botAllowance), missingS(ofChat, chatAllowance))
    if (waitS > 0) return Math.ceil(waitS)
    ofBot.tokens--
    ofChat.tokens--
    return 0
  }

  #refill(key: string, { burst, perSecond }: Allowance, nowMs: number): Bucket {
    const old = this.#buckets.get(key)
    const gained = old ? (Math.max(0, nowMs - old.atMs) / 1000) * perSecond : burst
    const bucket = { tokens: Math.min(burst, (old?.tokens ?? 0) + gained), atMs: nowMs }
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > keptBuckets) this.#buckets.clear()
    return bucket
  }
}

const missingS = (bucket: Bucket, { perSecond }: Allowance): number =>
  bucket.tokens > 1 - 1e-9 ? 0 : (1 - bucket.tokens) / perSecond
