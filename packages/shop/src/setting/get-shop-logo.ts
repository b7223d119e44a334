import type { ShopDeps } from '../deps.ts'
import { type KeptLogo, logoKey } from './get-shop.ts'
import { recall } from './remember.ts'

/** The logo, a square PNG of at most `maxLogoBytes`; null when there is none. */
export async function getShopLogo(deps: Pick<ShopDeps, 'db'>): Promise<Uint8Array | null> {
  const logo = await recall<KeptLogo>(deps, logoKey)
  return logo ? Buffer.from(logo.png, 'base64') : null
}
