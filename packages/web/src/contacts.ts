import { addMs, type Clock, isBefore, minuteMs } from '@vpn-kiosk/domain'
import type { Shop, ShopFace } from '@vpn-kiosk/shop'

/** Who we are, and where a person finds us in Telegram; a bot is null until it has started once. */
export interface Contacts {
  readonly shop: ShopFace
  readonly bot: { readonly username: string; readonly url: string } | null
  readonly support: { readonly username: string; readonly url: string } | null
}

/** Reads the shop's name and those that the bots left, at most once a minute: every page shows them. */
export function createContacts(shop: Pick<Shop, 'recall' | 'getShop'>, clock: Clock): () => Promise<Contacts> {
  let known: { readonly until: Date; readonly contacts: Contacts } | null = null
  return async () => {
    const now = clock.now()
    if (known && isBefore(now, known.until)) return known.contacts
    const [face, client, support] = await Promise.all([
      shop.getShop(),
      shop.recall('bot:client'),
      shop.recall('bot:support'),
    ])
    known = { until: addMs(now, minuteMs), contacts: { shop: face, bot: read(client), support: read(support) } }
    return known.contacts
  }
}

function read(left: unknown): Contacts['bot'] {
  const username = (left as { username?: unknown } | null)?.username
  if (typeof username !== 'string' || !/^\w{3,32}$/.test(username)) return null
  return { username, url: `https://t.me/${username}` }
}

/** Opens the bot at one of its screens: what a button of a page promises is the first thing that is seen there. */
export const botAt = (bot: NonNullable<Contacts['bot']>, screen: 'renew' | 'devices'): string =>
  `${bot.url}?start=${screen}`

/** What apps show as the subscription's title: the shop, and where to find it when there is room. */
export function titleOf({ shop, bot }: Pick<Contacts, 'shop' | 'bot'>): string {
  const whole = bot ? `${shop.name} @${bot.username}` : shop.name
  return [...whole].length <= titleLimit ? whole : [...shop.name].slice(0, titleLimit).join('')
}

/** Happ, the strictest, shows 25 characters. */
const titleLimit = 25
