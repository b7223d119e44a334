import { addMs, type CustomerId, cutWithinMs, isPermitted, minuteMs, type StaffRole, textIn } from '@vpn-kiosk/domain'
import type { AccessLine, CustomerCard, SubscriptionSummary } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { askDiscount } from '../discounts/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openPayments } from '../payments/callbacks.ts'
import { failureText } from '../servers/problems.ts'
import {
  askBan,
  askCustomer,
  askExtension,
  banCustomer,
  extendCustomer,
  openCustomer,
  resetTrial,
  takeBack,
  unbanCustomer,
  unfreezeCustomer,
} from './callbacks.ts'
import { nameOf } from './views.ts'

const shownAccesses = 8

/** What can be undone: so many days, given by a button with this id. */
export interface Undoable {
  readonly days: number
  readonly requestId: string
}

export interface CardOptions {
  readonly role: StaffRole
  readonly requestId: string
  /** What has just happened; HTML. */
  readonly note: string | null
  readonly undo: Undoable | null
}

export function cardView(t: Translator, card: CustomerCard, options: CardOptions): View {
  const { customer } = card
  const blocks = [
    options.note ?? '',
    [
      t('card-name', { name: nameOf(customer), username: customer.username ? ` @${customer.username}` : '' }),
      t('card-ids', { telegramId: String(customer.telegramId), id: customer.id }),
      t('card-seen', { since: t.date(card.createdAt), active: t.dateTime(card.lastActiveAt) }),
      ...(customer.isBanned ? [t('card-banned')] : []),
      ...(card.isUnreachable ? [t('card-unreachable')] : []),
    ].join('\n'),
    [subscriptionBlock(t, card.subscription), ...renewalLine(t, card.renewal)].join('\n'),
    [
      t('card-payments', {
        count: card.payments.count,
        total: card.payments.totals.map((amount) => t.money(amount)).join(' + ') || '—',
      }),
      ...(card.payments.undecided > 0 ? [t('card-undecided', { count: card.payments.undecided })] : []),
      t('card-referrals', card.referrals),
      ...(card.gifts.given + card.gifts.received > 0 ? [t('card-gifts', card.gifts)] : []),
      t('card-tickets', card.tickets),
      t('card-trial', { used: customer.isTrialUsed ? 'yes' : 'no' }),
      ...discountLine(t, card.discount),
      ...(card.group ? [t('card-group', { name: card.group.name, percent: card.group.percent })] : []),
    ].join('\n'),
    accessesBlock(t, card.accesses),
  ]
  return { text: blocks.filter(Boolean).join('\n\n'), keyboard: cardKeyboard(t, card, options) }
}

/** A discount ends with the midnight after its last day. */
function discountLine(t: Translator, discount: CustomerCard['discount']): string[] {
  if (!discount) return []
  const { percent, endsAt } = discount
  const until = endsAt ? t.plain('card-discount-until', { day: t.date(addMs(endsAt, -1)) }) : ''
  return [t('card-discount', { percent, until })]
}

/** Of who never switched it on, there is nothing to say. */
function renewalLine(t: Translator, renewal: CustomerCard['renewal']): string[] {
  if (!renewal?.isOn) return renewal?.offReason ? [t('card-renewal-off', { reason: renewal.offReason })] : []
  const { plan, source, stars } = renewal
  const isInStars = source === 'stars' && stars !== null
  const price = isInStars ? stars.amount : plan?.price
  const at = isInStars ? stars.paidUntil : renewal.chargeAt
  return [t('card-renewal-on', { price: price ? t.money(price) : '—', source, at: at ? t.dateTime(at) : '—' })]
}

function subscriptionBlock(t: Translator, subscription: SubscriptionSummary | null): string {
  if (!subscription) return t('card-no-subscription')
  const title = textIn(subscription.planTitle, t.language)
  return [
    t('card-subscription', {
      standing: subscription.standing,
      until: subscription.endsAt ? t.dateTime(subscription.endsAt) : '—',
      days: subscription.daysLeft,
      title: title ? ` · ${title}` : '',
    }),
    t('card-traffic', {
      used: t.bytes(subscription.trafficUsedBytes),
      limit: subscription.trafficLimitBytes === null ? '∞' : t.bytes(subscription.trafficLimitBytes),
      devices: String(subscription.devices),
      deviceLimit: String(subscription.deviceLimit),
    }),
  ].join('\n')
}

function accessesBlock(t: Translator, accesses: readonly AccessLine[]): string {
  if (accesses.length === 0) return ''
  const lines = accesses.slice(0, shownAccesses).map((access) => accessLines(t, access))
  const hidden = accesses.length - lines.length
  return [t('card-accesses'), ...lines, ...(hidden > 0 ? [t('card-more-accesses', { count: hidden })] : [])].join('\n')
}

/** What is wrong is said only while it matters: where something is yet to be done. */
function accessLines(t: Translator, { state, problem, ...access }: AccessLine): string {
  const line = t('card-access', {
    state,
    server: access.serverName,
    protocol: t.plain(`protocol-${access.protocol}`),
    device: access.deviceName ? ` «${bounded(access.deviceName, 20)}»` : '',
  })
  const isUnsettled = state === 'setting_up' || state === 'closing'
  return [
    line,
    ...(access.lastSeenAt ? [t('card-access-seen', { at: t.dateTime(access.lastSeenAt) })] : []),
    ...(problem && isUnsettled ? [problemText(t, problem)] : []),
  ].join('\n')
}

/** Days on a limited plan bring traffic, of which the customer is told too. */
export const extendedText = (t: Translator, days: number, trafficBytes: bigint | null): string =>
  trafficBytes === null
    ? t('customer-extended', { days })
    : t('customer-extended-with-traffic', { days, traffic: t.bytes(trafficBytes) })

const problemText = (t: Translator, { cause, reason }: NonNullable<AccessLine['problem']>): string =>
  t('card-access-problem', {
    text: rawHtml(failureText(t, { kind: 'unreachable', code: cause, reason: bounded(reason, 120) })),
  })

function cardKeyboard(
  t: Translator,
  { customer, subscription }: CustomerCard,
  { role, requestId, undo }: CardOptions,
): Keyboard {
  const of = { customer: customer.id }
  const by = (days: number) =>
    extendCustomer.button(t.plain('extend-by', { days }), { ...of, days, request: requestId })
  const changes: Keyboard = [
    ...(undo
      ? [[takeBack.button(t.plain('extend-undo', { days: undo.days }), { ...of, request: undo.requestId })]]
      : []),
    [by(7), by(30), askExtension.button(t.plain('extend-other'), of)],
    [askDiscount.button(t.plain('discounts-personal-open'), of)],
    ...(subscription?.standing === 'frozen' ? [[unfreezeCustomer.button(t.plain('unfreeze'), of)]] : []),
    [
      customer.isBanned ? unbanCustomer.button(t.plain('unban'), of) : askBan.button(t.plain('ban'), of),
      ...(customer.isTrialUsed ? [resetTrial.button(t.plain('reset-trial'), of)] : []),
    ],
  ]
  const payments = openPayments.button(t.plain('menu-payments'), { olderThan: null, customer: customer.id })
  return [
    ...(isPermitted(role, 'change_customers') ? changes : []),
    [...(isPermitted(role, 'see_payments') ? [payments] : []), openCustomer.button(t.plain('refresh'), of)],
    [askCustomer.button(t.plain('search-again'), {}), ...menuRow(t)],
  ]
}

export const extendingView = (t: Translator, customer: CustomerId, problem?: string): View => ({
  text: [problem ? t(problem) : '', t('extend-prompt')].filter(Boolean).join('\n\n'),
  keyboard: [[openCustomer.button(t.plain('back'), { customer })], menuRow(t)],
})

export const banningView = (t: Translator, { customer }: CustomerCard): View => ({
  text: t('ban-confirm', { name: nameOf(customer), minutes: cutWithinMs / minuteMs }),
  keyboard: [
    [banCustomer.button(t.plain('ban-yes'), { customer: customer.id }, 'danger')],
    [openCustomer.button(t.plain('back'), { customer: customer.id })],
  ],
})
