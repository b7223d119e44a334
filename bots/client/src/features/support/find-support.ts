import type { Shop } from '@vpn-kiosk/shop'

/** The support bot's user name; null while it has never been started. */
export async function findSupport(shop: Pick<Shop, 'recall'>): Promise<string | null> {
  const known = await shop.recall<{ username?: string }>('bot:support')
  return known?.username ?? null
}
