import {
  type AddedTraffic,
  type AddonKind,
  addMs,
  type Customer,
  type CustomerNotification,
  type DeviceId,
  dayMs,
  hourMs,
  type KeyReason,
  minuteMs,
  money,
  type Plan,
} from '@vpn-kiosk/domain'
import type { Key, Shop, SubscriptionSummary } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { addonKindsOf } from '../features/addons/addon-kinds.ts'
import { addonName } from '../features/addons/addon-name.ts'
import { openAddons } from '../features/addons/callbacks.ts'
import { openBalance } from '../features/balance/callbacks.ts'
import { fetchDevice, openDevices } from '../features/devices/callbacks.ts'
import { listGifts } from '../features/gift/callbacks.ts'
import { toldGiftView } from '../features/gift/told-gift-view.ts'
import { openKey } from '../features/key/callbacks.ts'
import { renderKeyQr } from '../features/key/render-key-qr.ts'
import { isComplete, isReady, keyView } from '../features/key/views.ts'
import { menuButton } from '../features/menu/callbacks.ts'
import { choosePlan, openPlans } from '../features/purchase/callbacks.ts'
import { canceledView, mismatchView } from '../features/purchase/check-views.ts'
import { renewalRows } from '../features/purchase/views.ts'
import { announcedView, cardSavedView, failedView, renewedText, stoppedView } from '../features/renewal/views.ts'
import { untilOf } from '../features/subscription/views.ts'
import { openSupport } from '../features/support/callbacks.ts'

export type NotificationShop = Pick<
  Shop,
  'getKey' | 'getSubscription' | 'suggestPlan' | 'getOrder' | 'getShop' | 'getShopLogo' | 'getGift' | 'listAddons'
>

/** How a notification reads when it is told. */
export interface Told {
  readonly view: View
  /** Servers of a key that are ready while others are still to come; null for anything that is complete. */
  readonly readyServers: number | null
}

export interface ToTell {
  readonly customer: Customer
  readonly notification: CustomerNotification
  /** The bot's own name, which its links carry. */
  readonly botName: string
}

/** What a notification says, with the facts as they are when it is told. */
export async function notificationView(
  shop: NotificationShop,
  t: Translator,
  { customer, notification, botName }: ToTell,
): Promise<Told> {
  if (notification.kind === 'key_ready') return tellKey(shop, t, customer, notification.reason)
  if (notification.kind === 'payment_canceled') {
    const { planId, isAddon = false } = await shop.getOrder(customer.id, notification.orderId)
    return { view: canceledView(t, notification.reason, { planId, isAddon }), readyServers: null }
  }
  if (notification.kind === 'gift_ready' || notification.kind === 'gift_ends_soon')
    return { view: await toldGiftView(shop, t, { customer, notification, botName }), readyServers: null }
  const plan = offersRenewal(notification) ? await shop.suggestPlan(customer.id) : null
  const isTraffic = notification.kind === 'traffic_low' || notification.kind === 'traffic_used_up'
  const addons = isTraffic ? addonKindsOf(await shop.listAddons(customer.id)) : null
  const facts = { summary: await shop.getSubscription(customer.id), plan, addons }
  return { view: plainNotificationView(t, notification, facts), readyServers: null }
}

async function tellKey(shop: NotificationShop, t: Translator, customer: Customer, reason: KeyReason): Promise<Told> {
  const key = await shop.getKey(customer.id)
  const qr = isReady(key) ? await renderKeyQr(shop, key.subscriptionUrl) : null
  const readyServers = isReady(key) && !isComplete(key) ? key.ready.count : null
  return { view: firstKeyView(t, { key, qr, reason }), readyServers }
}

/** The first message with a key, as it is sent and as it reads when more servers are ready. */
export function firstKeyView(
  t: Translator,
  data: { readonly key: Key | null; readonly qr: Uint8Array | null; readonly reason: KeyReason },
): View {
  const { key, qr, reason } = data
  const end = key?.endsAt
  const until = end ? (reason === 'trial' ? t.dateTime(end) : t.date(end)) : ''
  return keyView(t, { key, qr, trial: null, plan: null, heading: t(`notification-key-${reason}`, { until }) })
}

type PlainNotification = Exclude<
  CustomerNotification,
  { kind: 'key_ready' | 'payment_canceled' | 'gift_ready' | 'gift_ends_soon' }
>

const renewing = [
  'expiring',
  'expired',
  'grace_started',
  'trial_ended',
  'win_back',
  'personal_discount',
  'traffic_low',
  'traffic_used_up',
] as const

const offersRenewal = ({ kind }: CustomerNotification): boolean => (renewing as readonly string[]).includes(kind)

interface Facts {
  readonly summary: SubscriptionSummary | null
  /** What is offered at one tap; null when nothing is on sale. */
  readonly plan: Plan | null
  /** What may be added to what runs. */
  readonly addons: 'both' | AddonKind | null
}

/** What most of the views say or offer, made once. */
interface Parts {
  readonly summary: SubscriptionSummary | null
  /** When the subscription ends; '' where there is none. */
  readonly until: string
  /** The part of a message's name that tells a trial from a bought subscription. */
  readonly ofTrial: 'trial-' | ''
  readonly renewal: Keyboard
}

function plainNotificationView(t: Translator, notification: PlainNotification, { summary, plan, addons }: Facts): View {
  const isTrial = summary?.isTrial ?? false
  return viewOf(t, notification, {
    summary,
    until: summary ? untilOf(t, summary) : '',
    ofTrial: isTrial ? 'trial-' : '',
    renewal: [
      ...(addons ? [[openAddons.button(t.plain('addons-open', { kinds: addons }), {})]] : []),
      ...renewalRows(t, plan, isTrial),
      [menuButton(t)],
    ],
  })
}

type Plain<Kind extends PlainNotification['kind']> = PlainNotification & { readonly kind: Kind }
type PlainViews = {
  readonly [Kind in PlainNotification['kind']]: (t: Translator, notification: Plain<Kind>, parts: Parts) => View
}

function viewOf<Kind extends PlainNotification['kind']>(t: Translator, notification: Plain<Kind>, parts: Parts): View {
  const view: PlainViews[Kind] = plainViews[notification.kind]
  return view(t, notification, parts)
}

/** One view for each kind of notification. */
const plainViews: PlainViews = {
  renewed: (t, told, { until }) => ({
    text: `${t('notification-renewed', { days: told.days, until })}${renewedText(t, told)}`,
    keyboard: withKey(t),
  }),
  renewal_announced: (t, told) => announcedView(t, told),
  card_saved: (t, told) => cardSavedView(t, told),
  renewal_failed: (t, told) => failedView(t, told),
  renewal_stopped: (t, told) => stoppedView(t, told),
  preparing: (t) => ({ text: t('notification-preparing'), keyboard: withSupport(t) }),
  payment_mismatch: (t, { sums }) => mismatchView(t, sums),
  paid_twice: (t, { days }, { until }) => ({
    text: t('notification-paid-twice', { days, until }),
    keyboard: withSupport(t),
  }),
  addon_ready: (t, { addon, endsAt }) => ({
    text: t('notification-addon-ready', { what: addonName(t, addon), until: t.dateTime(new Date(endsAt)) }),
    keyboard: addon.kind === 'devices' ? withDevices(t) : withKey(t),
  }),
  topped_up: (t, told) => toppedUpView(t, told),
  refunded: (t, { amount, endsAt, addon, isOnBalance = false }) => ({
    text: t('notification-refunded', {
      amount: t.money(money(BigInt(amount.minor), amount.currency)),
      effect: addon ? 'addon' : endsAt ? 'shorter' : 'none',
      what: addon ? addonName(t, addon) : '',
      until: endsAt ? t.dateTime(new Date(endsAt)) : '',
      to: isOnBalance ? 'balance' : 'payer',
    }),
    keyboard: [...(isOnBalance ? [[openBalance.button(t.plain('balance-open'), {})]] : []), ...withSupport(t)],
  }),
  gift_activated: (t, { recipientName }) => ({
    text: t('notification-gift-activated', { name: bounded(recipientName, 40) }),
    keyboard: withGifts(t),
  }),
  gift_returned: (t, { amount }) => ({
    text: t('notification-gift-returned', { amount: t.money(money(BigInt(amount.minor), amount.currency)) }),
    keyboard: [[openBalance.button(t.plain('balance-open'), {})], [menuButton(t)]],
  }),
  gift_taken_back: (t, { endsAt }) => ({
    text: t('notification-gift-taken-back', { until: t.dateTime(new Date(endsAt)) }),
    keyboard: withSupport(t),
  }),
  expiring: (t, _, { ofTrial, summary, until, renewal }) => ({
    text: t(`notification-${ofTrial}expiring`, { left: timeLeft(t, summary?.leftMs ?? 0), until }),
    keyboard: renewal,
  }),
  expired: (t, _, { renewal }) => ({ text: t('notification-expired'), keyboard: renewal }),
  device_reissued: (t, { deviceId }) => ({
    text: t('notification-device-reissued'),
    keyboard: withFile(t, deviceId),
  }),
  trial_ended: (t, _, { renewal }) => ({ text: t('notification-trial-ended'), keyboard: renewal }),
  win_back: (t, { wasTrial, after, offer }, { renewal }) => ({
    text: [
      t(`notification-win-back-${wasTrial && after === '3d' ? 'trial' : after}`),
      ...(offer ? [t('notification-win-back-offer', { percent: offer.percent, day: lastDayOf(t, offer.endsAt) })] : []),
    ].join('\n\n'),
    keyboard: renewal,
  }),
  personal_discount: (t, { percent, endsAt }, { renewal }) => ({
    text: [
      t('notification-discount', { percent }),
      ...(endsAt ? [t('notification-discount-until', { day: lastDayOf(t, endsAt) })] : []),
    ].join('\n\n'),
    keyboard: renewal,
  }),
  traffic_low: (t, { percent }, { ofTrial, summary, until, renewal }) => ({
    text: t(`notification-${ofTrial}traffic-low`, { percent, left: leftOf(t, summary), until }),
    keyboard: renewal,
  }),
  traffic_used_up: (t, _, { ofTrial, renewal }) => ({ text: t(`notification-${ofTrial}traffic`), keyboard: renewal }),
  stretch_started_early: (t, _, { until }) => ({
    text: t('notification-started-early', { until }),
    keyboard: withKey(t),
  }),
  devices_over_limit: (t, notification, { summary }) => devicesOverLimitView(t, notification, summary),
  devices_closed: (t, { names }) => ({
    text: t('notification-devices-closed', { names: names.join(', '), count: names.length }),
    keyboard: withDevices(t),
  }),
  referral_bonus: (t, notification, { until }) => ({
    text: t('notification-referral', { given: givenOf(t, notification), friend: notification.friendName, until }),
    keyboard: withKey(t),
  }),
  referral_money: (t, { amount, friendName, level }) => ({
    text: t('notification-referral-money', {
      amount: t.money(money(BigInt(amount.minor), amount.currency)),
      friend: friendName,
      level,
    }),
    keyboard: toBalance(t),
  }),
  referral_money_taken: (t, { amount }) => ({
    text: t('notification-referral-money-taken', { amount: t.money(money(BigInt(amount.minor), amount.currency)) }),
    keyboard: toBalance(t),
  }),
  invited_bonus: (t, { days }, { until }) => ({
    text: t('notification-invited-bonus', { days, until }),
    keyboard: withKey(t),
  }),
  extended_by_shop: (t, notification, { until }) => ({
    text: t('notification-extended', { given: givenOf(t, notification), until }),
    keyboard: withKey(t),
  }),
  ban_lifted: (t, _, { summary, until }) =>
    summary?.standing === 'active'
      ? {
          text: `${t('notification-ban-lifted')}\n\n${t('notification-active-until', { until })}`,
          keyboard: withKey(t),
        }
      : { text: t('notification-ban-lifted'), keyboard: [[menuButton(t)]] },
  trial_held: (t, { channel }) => ({
    text: t('notification-trial-held', { channel: bounded(channel, 60) }),
    keyboard: [
      [openKey.button(t.plain('channels-open'), {}, 'primary')],
      [openPlans.button(t.plain('menu-buy'), {})],
      [menuButton(t)],
    ],
  }),
  trial_resumed: (t, _, { until }) => ({ text: t('notification-trial-resumed', { until }), keyboard: withKey(t) }),
  grace_started: (t, { paidUntil }, { summary, renewal }) => ({
    text: t('notification-grace', {
      paid: t.dateTime(new Date(paidUntil)),
      until: summary?.endsAt ? t.dateTime(summary.endsAt) : '',
    }),
    keyboard: renewal,
  }),
  freeze_ended: (t, _, { until }) => ({ text: t('notification-freeze-ended', { until }), keyboard: withKey(t) }),
  days_taken_back: (t, { days, endsAt }) => ({
    text: t('notification-taken-back', { days, until: t.dateTime(new Date(endsAt)) }),
    keyboard: withKey(t),
  }),
}

/** Of an offer that ends with the midnight after it. */
const lastDayOf = (t: Translator, endsAt: string): string => t.date(addMs(new Date(endsAt), -1))

/** "7 days", or "7 days and 2.3 GB" where traffic is limited. */
const givenOf = (t: Translator, { days, trafficBytes }: { readonly days: number } & AddedTraffic): string =>
  trafficBytes
    ? t.plain('notification-days-and-traffic', { days, traffic: t.bytes(BigInt(trafficBytes)) })
    : t.plain('notification-days', { days })

/** What is left now, however late the reminder is told. A day and a half are "36 hours", more is rounded to days. */
function timeLeft(t: Translator, leftMs: number): string {
  const hours = Math.round(leftMs / hourMs)
  if (hours > 36) return t.plain('time-left-days', { count: Math.round(leftMs / dayMs) })
  if (hours >= 1) return t.plain('time-left-hours', { count: hours })
  return t.plain('time-left-minutes', { count: Math.max(1, Math.round(leftMs / minuteMs)) })
}

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

/** What the money was for comes first, where it has not bought that yet. */
function toppedUpView(t: Translator, { balance, planId, undelivered }: Plain<'topped_up'>): View {
  const held = t.money(money(BigInt(balance.minor), balance.currency))
  const next = undelivered
    ? openAddons.button(t.plain('addons-open', { kinds: 'both' }), {})
    : planId
      ? choosePlan.button(t.plain('check-again'), { plan: planId }, 'primary')
      : openPlans.button(t.plain('menu-buy'), {})
  const text = undelivered
    ? t('notification-addon-undelivered', { balance: held, why: undelivered.why, what: addonName(t, undelivered) })
    : t('notification-topped-up', { balance: held, plan: planId ? 'missing' : 'none' })
  return { text, keyboard: [[next], [openBalance.button(t.plain('balance-open'), {})], [menuButton(t)]] }
}

const withGifts = (t: Translator): Keyboard => [
  [listGifts.button(t.plain('gift-mine'), { olderThan: null })],
  [menuButton(t)],
]

const withKey = (t: Translator): Keyboard => [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]]

const toBalance = (t: Translator): Keyboard => [[openBalance.button(t.plain('balance-open'), {})], [menuButton(t)]]

const withDevices = (t: Translator): Keyboard => [
  [openDevices.button(t.plain('menu-devices'), {}, 'primary')],
  [menuButton(t)],
]

const withSupport = (t: Translator): Keyboard => [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]]

const withFile = (t: Translator, device: DeviceId): Keyboard => [
  [fetchDevice.button(t.plain('notification-device-file'), { device }, 'primary')],
  [menuButton(t)],
]
