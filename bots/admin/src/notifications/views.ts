import { type PaymentLine, type StaffNotificationToSend, waitReasons } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { broadcastView } from '../features/broadcast/views.ts'
import { openChannels } from '../features/channels/callbacks.ts'
import { openCustomer } from '../features/customers/callbacks.ts'
import { openMethods } from '../features/payment-methods/callbacks.ts'
import { openPayment, openPayments, openUndecided } from '../features/payments/callbacks.ts'
import { differenceText } from '../features/payments/case-views.ts'
import { providerName, receivedText, soldTitle } from '../features/payments/views.ts'
import { openServers } from '../features/servers/callbacks.ts'
import { causeText, healthText, problemLines } from '../features/servers/problems.ts'
import { openStaff } from '../features/staff/callbacks.ts'
import type { Story } from './read-alert-details.ts'

type Told = StaffNotificationToSend['alert']

/** An alert as it stands: what happened last, how often it did, and whether it is over. */
export function staffAlertView(t: Translator, story: Story, alert: Told): View {
  const view = storyView(t, story, alert)
  const lines = [
    ...countLine(t, story, alert),
    ...(alert.overAt ? [t('notification-over', { at: t.dateTime(alert.overAt) })] : []),
  ]
  return { ...view, text: [view.text, ...lines].join('\n\n') }
}

/** What says its number by itself needs no line for it. */
function countLine(t: Translator, story: Story, { count, firstAt, isMany }: Told): string[] {
  if (count < 2 || story.kind === 'sales' || story.kind === 'access_stuck') return []
  const since = t.dateTime(firstAt)
  return [t(isMany ? 'notification-many' : 'notification-repeated', { count, since })]
}

type StoryOf<Kind extends Story['kind']> = Story & { readonly kind: Kind }
type StoryViews = { readonly [Kind in Story['kind']]: (t: Translator, story: StoryOf<Kind>, alert: Told) => View }

function storyView<Kind extends Story['kind']>(t: Translator, story: StoryOf<Kind>, alert: Told): View {
  const view: StoryViews[Kind] = storyViews[story.kind]
  return view(t, story, alert)
}

/** YooKassa says no more of a receipt than that it is missing or illegal: here is what to look at. */
const withReceiptAdvice = (t: Translator, view: View, said: string): View =>
  /\breceipt\b/i.test(said) ? { ...view, text: `${view.text}\n\n${t('notification-receipt-advice')}` } : view

/** One view for each kind of story. */
const storyViews: StoryViews = {
  sale: (t, { payment }) => paymentAlert(t, isTopUp(payment) ? 'notification-topped-up' : 'notification-sale', payment),
  payment_mismatch: (t, { payment }) => paymentAlert(t, 'notification-mismatch', payment),
  paid_twice: (t, { payment }) => paymentAlert(t, 'notification-paid-twice', payment),
  refunded: (t, { payment }) => paymentAlert(t, 'notification-refunded', payment),
  refund_seen: (t, { payment }) => paymentAlert(t, 'notification-refund-seen', payment),
  payment_differs: (t, { payment }) => {
    const said = payment.difference ? differenceText(t, payment.difference) : ''
    const toAll = openUndecided.button(t.plain('undecided-open'), { olderThan: null })
    return paymentAlert(t, 'notification-payment-differs', payment, { said }, [toAll])
  },
  refund_failed: (t, { payment, reason }) =>
    withReceiptAdvice(
      t,
      paymentAlert(t, 'notification-refund-failed', payment, { reason: bounded(reason, 300) }),
      reason,
    ),
  books_wrong: (t, { what }) => ({ text: t('notification-books-wrong', { what: bounded(what, 300) }) }),
  payment_trouble: (t, { payment, trouble, said }) =>
    paymentAlert(t, 'notification-payment-trouble', payment, { trouble, said: bounded(said, 300) }),
  provider_refused: (t, { provider, sentence, of }) => {
    const said = { provider: providerName(t, provider), sentence: bounded(sentence, 300) }
    return withReceiptAdvice(
      t,
      { text: t(of ? 'notification-cards-refused' : 'notification-provider-refused', said) },
      sentence,
    )
  },
  provider_down: (t, { provider, reason }) => ({
    text: t('notification-provider-down', { provider: providerName(t, provider), reason: bounded(reason, 300) }),
    keyboard: toMethods(t),
  }),
  provider_up: (t, { provider }) => ({ text: t('notification-provider-up', { provider: providerName(t, provider) }) }),
  key_ends: (t, { provider, until }) => ({
    text: t('notification-key-ends', { provider: providerName(t, provider), until: t.date(new Date(until)) }),
  }),
  nobody_can_pay: (t) => ({ text: t('notification-nobody-can-pay'), keyboard: toMethods(t) }),
  payment_again: (t) => ({ text: t('notification-payment-again') }),
  unmatched_payment: (t, { provider, reference }) => ({
    text: t('notification-unmatched-payment', {
      provider: providerName(t, provider),
      reference: bounded(reference, 80),
    }),
  }),
  sales: (t, { totals }, { count, firstAt }) => ({
    text: t('notification-sales', {
      count,
      total: totals.map(t.money).join(' + ') || '—',
      since: t.dateTime(firstAt),
    }),
    keyboard: [[openPayments.button(t.plain('menu-payments'), { olderThan: null, customer: null })]],
  }),
  access_stuck: (t, story, alert) => stuckView(t, story, alert),
  access_healed: (t, { serverName }) => ({ text: t('notification-access-healed', { server: serverName ?? 'none' }) }),
  server_down: (t, story) => ({
    text: t('notification-server-down', { server: story.serverName, cause: rawHtml(downText(t, story)) }),
    keyboard: toServers(t),
  }),
  endpoint_refused: (t, { serverName, code }) => ({
    text: t('notification-endpoint-refused', { server: serverName, cause: rawHtml(causeText(t, code)) }),
    keyboard: toServers(t),
  }),
  endpoint_degraded: (t, { serverName, problems }) => ({
    text: t('notification-endpoint-degraded', { server: serverName, problems: rawHtml(problemLines(t, problems)) }),
    keyboard: toServers(t),
  }),
  server_up: (t, { serverName }) => ({ text: t('notification-server-up', { server: serverName }) }),
  nobody_served: (t, { cause }) => ({ text: t(`notification-nobody-served-${cause}`), keyboard: toServers(t) }),
  room_runs_out: (t, { people, days }) => ({
    text: t('notification-room-runs-out', { people, days }),
    keyboard: toServers(t),
  }),
  room_again: (t, { people }) => ({ text: t('notification-room-again', { people }) }),
  disk_full: (t, { folder, freeBytes }) => ({
    text: t('notification-disk-full', { folder: bounded(folder, 200), free: t.bytes(BigInt(freeBytes)) }),
  }),
  redis_down: (t) => ({ text: t('notification-redis-down') }),
  redis_up: (t) => ({ text: t('notification-redis-up') }),
  disk_again: (t) => ({ text: t('notification-disk-again') }),
  channel_unreadable: (t, { title, reason }) => ({
    text: t('notification-channel-unreadable', { title: bounded(title, 60), reason: bounded(reason, 200) }),
    keyboard: [[openChannels.button(t.plain('channels-open'), {})]],
  }),
  backup_failed: (t, { reason }) => ({ text: t('notification-backup-failed', { reason: bounded(reason, 300) }) }),
  notification_refused: (t, { to, what, reason }) => ({
    text: t('notification-refused', { to, what, reason: bounded(reason, 300) }),
  }),
  customers_untold: (t, { waiting, since }) => ({
    text: t('notification-untold', { count: waiting, since: t.dateTime(new Date(since)) }),
  }),
  relay_stuck: (t, { waiting, since, trouble }) => ({
    text: t('notification-relay-stuck', {
      count: waiting,
      since: t.dateTime(new Date(since)),
      trouble: trouble ?? 'other',
    }),
  }),
  relay_healed: (t) => ({ text: t('notification-relay-healed') }),
  agent_wanted: (t, { name, telegramId }) => ({
    text: t('notification-agent-wanted', { name: bounded(name, 64), id: telegramId }),
    keyboard: [[openStaff.button(t.plain('menu-staff'), {})]],
  }),
  broadcast_finished: (t, { broadcast }) => broadcastView(t, broadcast),
}

const toMethods = (t: Translator) => [[openMethods.button(t.plain('settings-methods'), {})]]

const toServers = (t: Translator) => [[openServers.button(t.plain('menu-servers'), {})]]

const downText = (t: Translator, { problems = [], reason }: Extract<Story, { kind: 'server_down' }>): string =>
  healthText(t, { problems, reason: reason || null }) || '—'

type Stuck = Extract<Story, { kind: 'access_stuck' }>

const stuckView = (t: Translator, { serverName, reason, count, since }: Stuck, { firstAt }: Told): View => {
  const [known, own] = splitReason(reason)
  return {
    text: t('notification-access-stuck', {
      count,
      since: t.dateTime(since === undefined ? firstAt : new Date(since)),
      server: serverName ?? 'none',
      known,
      own: own === '' ? '' : rawHtml(t('endpoint-problem-detail', { reason: bounded(own, 300) })),
    }),
    keyboard: [[openServers.button(t.plain('menu-servers'), {})]],
  }
}

/** The part that a sentence of ours says, and the server's own words. */
function splitReason(reason: string): [known: string, own: string] {
  const found = Object.entries(waitReasons).find(([, sentence]) => reason.startsWith(sentence))
  return found ? [found[0], reason.slice(found[1].length).replace(/^: /, '')] : ['said', reason]
}

/** Nothing is sold yet: the money is the customer's. */
const isTopUp = ({ planTitle, addon }: PaymentLine): boolean => planTitle === null && !addon

function paymentAlert(
  t: Translator,
  key: string,
  payment: PaymentLine,
  more: Readonly<Record<string, string>> = {},
  row: Keyboard[number] = [],
): View {
  return {
    text: t(key, {
      ...more,
      refunded: payment.refunded ? receivedText(t, payment.refunded) : '—',
      amount: t.money(payment.amount),
      received: payment.received ? receivedText(t, payment.received) : '—',
      title: soldTitle(t, payment),
      name: bounded(payment.customerName, 64),
      provider: providerName(t, payment.provider),
    }),
    keyboard: [
      [
        openPayment.button(t.plain('to-payment'), { payment: payment.id }),
        openCustomer.button(t.plain('to-customer'), { customer: payment.customerId }),
      ],
      ...(row.length > 0 ? [row] : []),
    ],
  }
}
