import { setTimeout as pause } from 'node:timers/promises'
import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { Client } from 'pg'
import { cast } from '../src/cast.ts'
import type { Shopper } from './customer.ts'
import type { LiveShop } from './live-shop.ts'
import type { Apps } from './open-apps.ts'

const cutWithinMs = 60_000

interface Bans {
  readonly banned: number
  /** Whose links still carried a page a minute later. */
  readonly stillOpen: number
  readonly slowestMs: number
}

/** The owner bans them all at once in a calm shop; their old links are tried until they carry nothing. */
export async function banAndTry(
  { telegram, apps }: { telegram: TelegramSimulator; apps: Apps },
  live: LiveShop,
  shoppers: readonly Shopper[],
): Promise<Bans> {
  const links = await Promise.all(shoppers.map(({ person }) => apps.linksOf(person)))
  const ids = await findCustomers(live, shoppers)
  const startedAt = performance.now()
  for (const id of ids) await press(telegram, `ban:${id.slice(4)}`)
  const tookMs = await Promise.all(links.map((own) => untilClosed(apps, own, startedAt)))
  const closed = tookMs.filter((ms) => ms !== null)
  return { banned: ids.length, stillOpen: tookMs.length - closed.length, slowestMs: Math.max(0, ...closed) }
}

async function findCustomers(live: LiveShop, shoppers: readonly Shopper[]): Promise<string[]> {
  const client = new Client(await live.databaseUrl())
  await client.connect()
  const { rows } = await client.query<{ id: string }>('select id from customers where telegram_id = any($1)', [
    shoppers.map(({ person }) => person),
  ])
  await client.end()
  return rows.map(({ id }) => id)
}

const press = ({ people }: TelegramSimulator, data: string) =>
  people.press({ person: cast.people.owner.id, chat: `@${cast.bots.admin.username}`, data, isForged: true })

async function untilClosed(apps: Apps, links: readonly string[], startedAt: number): Promise<number | null> {
  for (;;) {
    const isOpen = await apps.areOpen(links)
    const ms = performance.now() - startedAt
    if (!isOpen) return ms
    if (ms > cutWithinMs) return null
    await pause(1_000)
  }
}
