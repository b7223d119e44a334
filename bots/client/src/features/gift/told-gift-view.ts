import type { Customer, GiftId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { renderGiftPicture } from './render-gift-picture.ts'
import { giftsView, giftView } from './views.ts'

interface ToldGift {
  readonly customer: Pick<Customer, 'id'>
  readonly notification: { readonly kind: 'gift_ready' | 'gift_ends_soon'; readonly giftId: GiftId }
  readonly botName: string
}

/** A gift that its giver is told of: the card to pass on, unless it has ended meanwhile. */
export async function toldGiftView(
  shop: Pick<Shop, 'getGift' | 'getShop' | 'getShopLogo'>,
  t: Translator,
  { customer, notification, botName }: ToldGift,
): Promise<View> {
  const gift = await shop.getGift(customer.id, notification.giftId)
  if (gift?.state !== 'waiting') return giftsView(t, { lines: gift ? [gift] : [], olderThan: null })
  const picture = await renderGiftPicture(shop, t, { gift, botName })
  const heading =
    notification.kind === 'gift_ready' ? t('gift-paid-heading') : t('gift-ends-soon', { until: t.date(gift.endsAt) })
  return giftView(t, gift, { botName, picture, heading })
}
