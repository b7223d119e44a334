import type { AddedTraffic, Customer, CustomerNotification, DeviceId, Plan } from '@vpn-kiosk/domain'
import type { Key, Shop, SubscriptionSummary } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { fetchDevice, openDevices } from '../features/devices/callbacks.ts'
import { openKey } from '../features/key/callbacks.ts'
import { drawQr } from '../features/key/draw-qr.ts'
import { isComplete, isReady, keyView } from '../features/key/views.ts'
import { menuButton } from '../features/menu/callbacks.ts'
import { canceledView, mismatchView } from '../features/purchase/check-views.ts'
import { renewalRows } from '../features/purchase/views.ts'
import { untilOf } from '../features/subscription/views.ts'
import { openSupport } from '../features/support/callbacks.ts'

export type NotificationShop = Pick<
  Shop,
  'getKey' | 'getSubscription' | 'suggestPlan' | 'getOrder' | 'getShop' | 'getShopLogo'
>

/** How a notification reads when it is told. */
export interface Told {
  readonly view: View
  /** Servers of a key that are ready while others are still to come; null for anything that is complete. */
  readonly readyServers: number | null
}

/** What a notification says, with the facts as they are when it is told. */
export async function notificationView(
  shop: NotificationShop,
  t: Translator,
  { customer, notification }: { readonly customer: Customer; readonly notification: CustomerNotification },
): Promise<Told> {
  if (notification.kind === 'key_ready') return tellKey(shop, t, customer, notification.reason)
  if (notification.kind === 'payment_canceled') {
    const { planId } = await shop.getOrder(customer.id, notification.orderId)
    return { view: canceledView(t, notification.reason, planId), readyServers: null }
  }
  const plan = offersRenewal(notification) ? await shop.suggestPlan(customer.id) : null
  const facts = { summary: await shop.getSubscription(customer.id), plan }
  return { view: plainNotificationView(t, notification, facts), readyServers: null }
}

async function tellKey(
  shop: NotificationShop,
  t: Translator,
  customer: Customer,
  reason: 'purchase' | 'trial',
): Promise<Told> {
  const key = await shop.getKey(customer.id)
  const qr = isReady(key) ? await drawQr(shop, key.subscriptionUrl) : null
  const readyServers = isReady(key) && !isComplete(key) ? key.ready.count : null
  return { view: firstKeyView(t, { key, qr, reason }), readyServers }
}

/** The first message with a key, as it is sent and as it reads when more servers are ready. */
export function firstKeyView(
  t: Translator,
  data: { readonly key: Key | null; readonly qr: Uint8Array | null; readonly reason: 'purchase' | 'trial' },
): View {
  const { key, qr, reason } = data
  const end = key?.endsAt
  const until = end ? (reason === 'trial' ? t.dateTime(end) : t.date(end)) : ''
  return keyView(t, { key, qr, trial: null, plan: null, heading: t(`notification-key-${reason}`, { until }) })
}

type PlainNotification = Exclude<CustomerNotification, { kind: 'key_ready' | 'payment_canceled' }>

const renewing = ['expiring', 'expired', 'trial_ended', 'win_back', 'traffic_low', 'traffic_used_up'] as const

const offersRenewal = ({ kind }: CustomerNotification): boolean => (renewing as readonly string[]).includes(kind)

interface Facts {
  readonly summary: SubscriptionSummary | null
  /** What is offered at one tap; null when nothing is on sale. */
  readonly plan: Plan | null
}

function plainNotificationView(t: Translator, notification: PlainNotification, { summary, plan }: Facts): View {
  const until = summary ? untilOf(t, summary) : ''
  const isTrial = summary?.isTrial ?? false
  const renewal = [...renewalRows(t, plan, isTrial), [menuButton(t)]]
  const ofTrial = isTrial ? 'trial-' : ''
  switch (notification.kind) {
    case 'renewed':
      return { text: t('notification-renewed', { days: notification.days, until }), keyboard: withKey(t) }
    case 'preparing':
      return { text: t('notification-preparing'), keyboard: withSupport(t) }
    case 'payment_mismatch':
      return mismatchView(t, notification.sums)
    case 'paid_twice':
      return { text: t('notification-paid-twice', { days: notification.days, until }), keyboard: withSupport(t) }
    case 'expiring':
      return { text: t(`notification-${ofTrial}expiring-${notification.before}`, { until }), keyboard: renewal }
    case 'expired':
      return { text: t('notification-expired'), keyboard: renewal }
    case 'device_reissued':
      return { text: t('notification-device-reissued'), keyboard: withFile(t, notification.deviceId) }
    case 'trial_ended':
      return { text: t('notification-trial-ended'), keyboard: renewal }
    case 'win_back':
      return {
        text: t(
          `notification-win-back-${notification.wasTrial && notification.after === '3d' ? 'trial' : notification.after}`,
        ),
        keyboard: renewal,
      }
    case 'traffic_low':
      return {
        text: t(`notification-${ofTrial}traffic-low`, {
          percent: notification.percent,
          left: leftOf(t, summary),
          until,
        }),
        keyboard: renewal,
      }
    case 'traffic_used_up':
      return { text: t(`notification-${ofTrial}traffic`), keyboard: renewal }
    case 'stretch_started_early':
      return { text: t('notification-started-early', { until }), keyboard: withKey(t) }
    case 'devices_over_limit':
      return devicesOverLimitView(t, notification, summary)
    case 'devices_closed':
      return {
        text: t('notification-devices-closed', {
          names: notification.names.join(', '),
          count: notification.names.length,
        }),
        keyboard: withDevices(t),
      }
    case 'referral_bonus': {
      const given = givenOf(t, notification)
      return {
        text: t('notification-referral', { given, friend: notification.friendName, until }),
        keyboard: withKey(t),
      }
    }
    case 'extended_by_shop':
      return { text: t('notification-extended', { given: givenOf(t, notification), until }), keyboard: withKey(t) }
    case 'ban_lifted':
      return summary?.standing === 'active'
        ? {
            text: `${t('notification-ban-lifted')}\n\n${t('notification-active-until', { until })}`,
            keyboard: withKey(t),
          }
        : { text: t('notification-ban-lifted'), keyboard: [[menuButton(t)]] }
    case 'days_taken_back':
      return {
        text: t('notification-taken-back', {
          days: notification.days,
          until: t.dateTime(new Date(notification.endsAt)),
        }),
        keyboard: withKey(t),
      }
  }
}

/** "7 days", or "7 days and 2.3 GB" where traffic is limited. */
const givenOf = (t: Translator, { days, trafficBytes }: { readonly days: number } & AddedTraffic): string =>
  trafficBytes
    ? t.plain('notification-days-and-traffic', { days, traffic: t.bytes(BigInt(trafficBytes)) })
    : t.plain('notification-days', { days })

function leftOf(t: Translator, summary: SubscriptionSummary | null): string {
  const left = (summary?.trafficLimitBytes ?? 0n) - (summary?.trafficUsedBytes ?? 0n)
  return t.bytes(left > 0n ? left : 0n)
}

function devicesOverLimitView(
  t: Translator,
  { closesAt }: PlainNotification & { kind: 'devices_over_limit' },
  summary: SubscriptionSummary | null,
): View {
  const limit = summary?.deviceLimit ?? 0
  const until = t.dateTime(new Date(closesAt))
  return {
    text: t('notification-devices-over', { limit, count: summary?.devices ?? 0, until }),
    keyboard: withDevices(t),
  }
}

const withKey = (t: Translator): Keyboard => [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]]

const withDevices = (t: Translator): Keyboard => [
  [openDevices.button(t.plain('menu-devices'), {}, 'primary')],
  [menuButton(t)],
]

const withSupport = (t: Translator): Keyboard => [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]]

const withFile = (t: Translator, device: DeviceId): Keyboard => [
  [fetchDevice.button(t.plain('notification-device-file'), { device }, 'primary')],
  [menuButton(t)],
]
