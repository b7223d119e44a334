import type { Shop } from '@vpn-kiosk/shop'
import { renderQr } from '@vpn-kiosk/telegram'

/** The subscription link as a picture, with the shop's logo in its middle. */
export async function renderKeyQr(shop: Pick<Shop, 'getShop' | 'getShopLogo'>, url: string): Promise<Uint8Array> {
  const { logoVersion } = await shop.getShop()
  const logo = logoVersion === null ? null : await shop.getShopLogo()
  return renderQr(url, logo ? { logo } : {})
}
