import type { AddedTraffic, Customer, CustomerNotice, DeviceId, Plan } from '@vpn-kiosk/domain'
import type { Shop, SubscriptionSummary } from '@vpn-kiosk/shop'
import { type Keyboard, renderQr, type Translator, type View } from '@vpn-kiosk/telegram'
import { fetchDevice, openDevices } from '../features/devices/callbacks.ts'
import { openKey } from '../features/key/callbacks.ts'
import { isReady, keyView } from '../features/key/views.ts'
import { menuButton } from '../features/menu/callbacks.ts'
import { openPlans, renewPlan } from '../features/purchase/callbacks.ts'
import { canceledView, mismatchView } from '../features/purchase/check-views.ts'
import { titleOf } from '../features/purchase/views.ts'
import { untilOf } from '../features/subscription/views.ts'
import { openSupport } from '../features/support/callbacks.ts'

export type NoticeShop = Pick<Shop, 'getKey' | 'seeSubscription' | 'suggestPlan' | 'getOrder'>

/** What a notice says, with the facts as they are when it is told. */
export async function noticeView(
  shop: NoticeShop,
  t: Translator,
  { customer, notice }: { readonly customer: Customer; readonly notice: CustomerNotice },
): Promise<View> {
  if (notice.kind === 'key_ready') return keyReadyView(shop, t, customer, notice.reason)
  if (notice.kind === 'payment_canceled') {
    const { planId } = await shop.getOrder(customer.id, notice.orderId)
    return canceledView(t, notice.reason, planId)
  }
  const plan = offersRenewal(notice) ? await shop.suggestPlan(customer.id) : null
  return plainNoticeView(t, notice, { summary: await shop.seeSubscription(customer.id), plan })
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

type PlainNotice = Exclude<CustomerNotice, { kind: 'key_ready' | 'payment_canceled' }>

const renewing = ['expiring', 'expired', 'trial_ended', 'win_back', 'traffic_low', 'traffic_used_up'] as const

const offersRenewal = ({ kind }: CustomerNotice): boolean => (renewing as readonly string[]).includes(kind)

interface Facts {
  readonly summary: SubscriptionSummary | null
  /** What is offered at one tap; null when nothing is on sale. */
  readonly plan: Plan | null
}

export function plainNoticeView(t: Translator, notice: PlainNotice, { summary, plan }: Facts): View {
  const until = summary ? untilOf(t, summary) : ''
  const renewal = withRenewal(t, plan)
  switch (notice.kind) {
    case 'renewed':
      return { text: t('notice-renewed', { days: notice.days, until }), keyboard: withKey(t) }
    case 'preparing':
      return { text: t('notice-preparing'), keyboard: withSupport(t) }
    case 'payment_mismatch':
      return mismatchView(t)
    case 'paid_twice':
      return { text: t('notice-paid-twice', { days: notice.days, until }), keyboard: withSupport(t) }
    case 'expiring':
      return { text: t(`notice-expiring-${notice.before}`, { until }), keyboard: renewal }
    case 'expired':
      return { text: t('notice-expired'), keyboard: renewal }
    case 'device_reissued':
      return { text: t('notice-device-reissued'), keyboard: withFile(t, notice.deviceId) }
    case 'trial_ended':
      return { text: t('notice-trial-ended'), keyboard: renewal }
    case 'win_back':
      return {
        text: t(`notice-win-back-${notice.wasTrial && notice.after === '3d' ? 'trial' : notice.after}`),
        keyboard: renewal,
      }
    case 'traffic_low':
      return {
        text: t('notice-traffic-low', { percent: notice.percent, left: leftOf(t, summary), until }),
        keyboard: renewal,
      }
    case 'traffic_used_up':
      return { text: t('notice-traffic'), keyboard: renewal }
    case 'stretch_started_early':
      return { text: t('notice-started-early', { until }), keyboard: withKey(t) }
    case 'devices_over_limit':
      return devicesOverLimitView(t, notice, summary)
    case 'devices_closed':
      return {
        text: t('notice-devices-closed', { names: notice.names.join(', '), count: notice.names.length }),
        keyboard: withDevices(t),
      }
    case 'referral_bonus': {
      const given = givenOf(t, notice)
      return { text: t('notice-referral', { given, friend: notice.friendName }), keyboard: withKey(t) }
    }
    case 'extended_by_shop':
      return { text: t('notice-extended', { given: givenOf(t, notice), until }), keyboard: withKey(t) }
    case 'days_taken_back':
      return {
        text: t('notice-taken-back', { days: notice.days, until: t.dateTime(new Date(notice.endsAt)) }),
        keyboard: withKey(t),
      }
  }
}

/** "7 days", or "7 days and 2.3 GB" where traffic is limited. */
const givenOf = (t: Translator, { days, trafficBytes }: { readonly days: number } & AddedTraffic): string =>
  trafficBytes
    ? t.plain('notice-days-and-traffic', { days, traffic: t.bytes(BigInt(trafficBytes)) })
    : t.plain('notice-days', { days })

function leftOf(t: Translator, summary: SubscriptionSummary | null): string {
  const left = (summary?.trafficLimitBytes ?? 0n) - (summary?.trafficUsedBytes ?? 0n)
  return t.bytes(left > 0n ? left : 0n)
}

function devicesOverLimitView(
  t: Translator,
  { closesAt }: PlainNotice & { kind: 'devices_over_limit' },
  summary: SubscriptionSummary | null,
): View {
  const limit = summary?.deviceLimit ?? 0
  const until = t.dateTime(new Date(closesAt))
  return { text: t('notice-devices-over', { limit, count: summary?.devices ?? 0, until }), keyboard: withDevices(t) }
}

const withKey = (t: Translator): Keyboard => [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]]

const withDevices = (t: Translator): Keyboard => [
  [openDevices.button(t.plain('menu-devices'), {}, 'primary')],
  [menuButton(t)],
]

const withSupport = (t: Translator): Keyboard => [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]]

/** One tap to the plan that fits, and one to all the others. */
const withRenewal = (t: Translator, plan: Plan | null): Keyboard => [
  ...(plan
    ? [
        [
          renewPlan.button(
            t.plain('notice-take-plan', { title: titleOf(t, plan.title), price: t.money(plan.price) }),
            { plan: plan.id },
            'primary',
          ),
        ],
      ]
    : []),
  [openPlans.button(t.plain('notice-all-plans'), {}, ...(plan ? [] : (['primary'] as const)))],
  [menuButton(t)],
]

const withFile = (t: Translator, device: DeviceId): Keyboard => [
  [fetchDevice.button(t.plain('notice-device-file'), { device }, 'primary')],
  [menuButton(t)],
]
