import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0

export interface OwnRedis {
  readonly redis: Redis
  close(): Promise<void>
}

const ended = (server: ChildProcess): Promise<void> => new Promise((resolve) => server.once('exit', () => resolve()))

/** A real Redis of our own on a socket, nothing kept. */
export async function startRedis(): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'kiosk-redis-'))
  const path = join(folder, 'redis.sock')
  const server = spawn('redis-server', ['--port', '0', '--unixsocket', path, '--save', '', '--dir', folder], {
    stdio: 'ignore',
  })
  const redis = new Redis({ path, retryStrategy: () => 50, maxRetriesPerRequest: null })
  // Refused until the server listens; the retry sees to that.
  redis.on('error', () => {})
  await redis.ping()
  return {
    redis,
    async close() {
      redis.disconnect()
      const gone = ended(server)
      server.kill()
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}
