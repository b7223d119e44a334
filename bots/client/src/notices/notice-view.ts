import type { Customer, CustomerNotice, DeviceId } from '@vpn-kiosk/domain'
import type { Shop, SubscriptionSummary } from '@vpn-kiosk/shop'
import { type Keyboard, renderQr, type Translator, type View } from '@vpn-kiosk/telegram'
import { fetchDevice } from '../features/devices/callbacks.ts'
import { openKey } from '../features/key/callbacks.ts'
import { isReady, keyView } from '../features/key/views.ts'
import { menuButton } from '../features/menu/callbacks.ts'
import { openPlans } from '../features/purchase/callbacks.ts'
import { canceledView, mismatchView } from '../features/purchase/check-views.ts'
import { untilOf } from '../features/subscription/views.ts'
import { openSupport } from '../features/support/callbacks.ts'

export type NoticeShop = Pick<Shop, 'getKey' | 'seeSubscription'>

/** What a notice says, with the facts as they are when it is told. */
export async function noticeView(
  shop: NoticeShop,
  t: Translator,
  { customer, notice }: { readonly customer: Customer; readonly notice: CustomerNotice },
): Promise<View> {
  if (notice.kind === 'key_ready') return keyReadyView(shop, t, customer, notice.reason)
  return plainNoticeView(t, notice, await shop.seeSubscription(customer.id))
}

async function keyReadyView(
  shop: NoticeShop,
  t: Translator,
  customer: Customer,
  reason: 'purchase' | 'trial',
): Promise<View> {
  const key = await shop.getKey(customer.id)
  const qr = isReady(key) ? await renderQr(key.subscriptionUrl) : null
  const until = key?.endsAt ? t.date(key.endsAt) : ''
  return keyView(t, { key, qr, offersTrial: false, heading: t(`notice-key-${reason}`, { until }) })
}

type PlainNotice = Exclude<CustomerNotice, { kind: 'key_ready' }>

export function plainNoticeView(t: Translator, notice: PlainNotice, summary: SubscriptionSummary | null): View {
  const until = summary ? untilOf(t, summary) : ''
  switch (notice.kind) {
    case 'renewed':
      return { text: t('notice-renewed', { days: notice.days, until }), keyboard: withKey(t) }
    case 'preparing':
      return { text: t('notice-preparing'), keyboard: withSupport(t) }
    case 'payment_canceled':
      return canceledView(t, notice.reason)
    case 'payment_mismatch':
      return mismatchView(t)
    case 'expiring':
      return { text: t(`notice-expiring-${notice.before}`, { until }), keyboard: withRenewal(t) }
    case 'expired':
      return { text: t('notice-expired'), keyboard: withRenewal(t) }
    case 'device_reissued':
      return { text: t('notice-device-reissued'), keyboard: withFile(t, notice.deviceId) }
    case 'traffic_used_up':
      return { text: t('notice-traffic'), keyboard: withRenewal(t) }
    case 'referral_bonus':
      return { text: t('notice-referral', { days: notice.days, friend: notice.friendName }), keyboard: withKey(t) }
    case 'extended_by_shop':
      return { text: t('notice-extended', { days: notice.days, until }), keyboard: withKey(t) }
  }
}

const withKey = (t: Translator): Keyboard => [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]]

const withSupport = (t: Translator): Keyboard => [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]]

const withRenewal = (t: Translator): Keyboard => [
  [openPlans.button(t.plain('menu-renew'), {}, 'primary')],
  [menuButton(t)],
]

const withFile = (t: Translator, device: DeviceId): Keyboard => [
  [fetchDevice.button(t.plain('notice-device-file'), { device }, 'primary')],
  [menuButton(t)],
]
