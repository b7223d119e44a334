import { RedisAdapter } from '@grammyjs/storage-redis'
import { type Context, type MiddlewareFn, type SessionFlavor, type StorageAdapter, session } from 'grammy'
import type { Redis } from 'ioredis'

export interface SessionOptions<S> {
  readonly initial: () => S
  /** Separates the bots in one Redis, e.g. `client`. */
  readonly prefix: string
  /** Without it sessions live in this process: they hold only what may be lost. */
  readonly redis?: Redis | null | undefined
  /** How long an unused session is kept in Redis (7 days). */
  readonly ttlSeconds?: number
  /** How many are kept in memory, also while Redis is away; the least recently used go first (20 000). */
  readonly maxInMemory?: number
}

/** Sessions in memory, bounded. Kept as text, so that a handler can't change another update's session. */
export function boundedStorage<S>(max: number): StorageAdapter<S> {
  const kept = new Map<string, string>()
  return {
    read: (key) => {
      const text = kept.get(key)
      return text === undefined ? undefined : (JSON.parse(text) as S)
    },
    write: (key, value) => {
      kept.delete(key)
      kept.set(key, JSON.stringify(value))
      const oldest = kept.size > max ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
    },
    delete: (key) => {
      kept.delete(key)
    },
  }
}

/**
 * Keeps in `near` what `far` does not take for now: an update must not fail because Redis is away. What was written
 * near is newer than what far holds, and goes there with the next write.
 */
function insuredStorage<S>(far: StorageAdapter<S>, near: StorageAdapter<S>): StorageAdapter<S> {
  return {
    read: async (key) => {
      const newer = await near.read(key)
      if (newer !== undefined) return newer
      try {
        return await far.read(key)
      } catch {
        return undefined
      }
    },
    write: async (key, value) => {
      try {
        await far.write(key, value)
        await near.delete(key)
      } catch {
        await near.write(key, value)
      }
    },
    delete: async (key) => {
      await near.delete(key)
      try {
        await far.delete(key)
      } catch {
        // It expires there.
      }
    },
  }
}

/**
 * One session a person and chat, so an agent's dialog in the group is not the one in private. An update from nobody
 * (a channel post, a poll) has none, and reading `ctx.session` there throws.
 */
export function personSession<S, C extends Context & SessionFlavor<S>>(options: SessionOptions<S>): MiddlewareFn<C> {
  const memory = boundedStorage<S>(options.maxInMemory ?? 20_000)
  const storage = options.redis
    ? insuredStorage(new RedisAdapter<S>({ instance: options.redis, ttl: options.ttlSeconds ?? 7 * 86_400 }), memory)
    : memory
  return session<S, C>({
    initial: options.initial,
    storage,
    getSessionKey: (ctx) =>
      ctx.from ? `session:${options.prefix}:${ctx.chatId ?? ctx.from.id}:${ctx.from.id}` : undefined,
  })
}
