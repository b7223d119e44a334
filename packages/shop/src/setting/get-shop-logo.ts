import { SettingEntity } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import { type KeptLogo, logoKey } from './get-shop.ts'

/** The logo, a square PNG of at most `maxLogoBytes`; null when there is none. */
export async function getShopLogo({ db }: Pick<ShopDeps, 'db'>): Promise<Uint8Array | null> {
  const row = await db.em().findOne(SettingEntity, { key: logoKey })
  return row ? Buffer.from((row.value as KeptLogo).png, 'base64') : null
}
