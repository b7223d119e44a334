import type { GiftLine, Shop } from '@vpn-kiosk/shop'
import { renderGiftCard, type Translator } from '@vpn-kiosk/telegram'
import { titleOf } from '../purchase/views.ts'
import { giftLink } from './views.ts'

/** The card of a gift, in the giver's language and the shop's name. */
export async function renderGiftPicture(
  shop: Pick<Shop, 'getShop' | 'getShopLogo'>,
  t: Translator,
  { gift, botName }: { readonly gift: GiftLine; readonly botName: string },
): Promise<Uint8Array> {
  const { name, logoVersion } = await shop.getShop()
  const logo = logoVersion === null ? null : await shop.getShopLogo()
  return renderGiftCard({
    heading: t.plain('gift-card-heading'),
    title: titleOf(t, gift.planTitle),
    shop: name,
    lines: [t.plain('gift-card-scan'), t.plain('gift-card-until', { until: t.date(gift.endsAt) })],
    link: giftLink(botName, gift.code),
    ...(logo && { logo }),
  })
}
