import { addMs, type Clock, isBefore, minuteMs } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'

/** Where a person finds us in Telegram; null until the bot has started once. */
export interface Contacts {
  readonly bot: { readonly username: string; readonly url: string } | null
  readonly support: { readonly username: string; readonly url: string } | null
}

/** Reads the names that the bots left, at most once a minute: they hardly change, and every page shows them. */
export function createContacts(shop: Pick<Shop, 'recall'>, clock: Clock): () => Promise<Contacts> {
  let known: { readonly until: Date; readonly contacts: Contacts } | null = null
  return async () => {
    const now = clock.now()
    if (known && isBefore(now, known.until)) return known.contacts
    const [client, support] = await Promise.all([shop.recall('bot:client'), shop.recall('bot:support')])
    known = { until: addMs(now, minuteMs), contacts: { bot: read(client), support: read(support) } }
    return known.contacts
  }
}

function read(left: unknown): Contacts['bot'] {
  const username = (left as { username?: unknown } | null)?.username
  if (typeof username !== 'string' || !/^\w{3,32}$/.test(username)) return null
  return { username, url: `https://t.me/${username}` }
}
