import { textIn } from '@vpn-kiosk/domain'
import { type PaymentLine, type StaffNotificationToSend, waitReasons } from '@vpn-kiosk/shop'
import { bounded, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { broadcastView } from '../features/broadcast/views.ts'
import { openCustomer } from '../features/customers/callbacks.ts'
import { openPayment, openPayments } from '../features/payments/callbacks.ts'
import { providerName, receivedText } from '../features/payments/views.ts'
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

/** One view for each kind of story. */
function storyView(t: Translator, story: Story, alert: Told): View {
  switch (story.kind) {
    case 'sale':
      return paymentAlert(t, 'notification-sale', story.payment)
    case 'payment_mismatch':
      return paymentAlert(t, 'notification-mismatch', story.payment)
    case 'paid_twice':
      return paymentAlert(t, 'notification-paid-twice', story.payment)
    case 'refund_seen':
      return paymentAlert(t, 'notification-refund-seen', story.payment)
    case 'payment_trouble':
      return paymentAlert(t, 'notification-payment-trouble', story.payment, {
        trouble: story.trouble,
        said: bounded(story.said, 300),
      })
    case 'provider_refused':
      return {
        text: t('notification-provider-refused', {
          provider: providerName(t, story.provider),
          sentence: bounded(story.sentence, 300),
        }),
      }
    case 'unmatched_payment':
      return {
        text: t('notification-unmatched-payment', {
          provider: providerName(t, story.provider),
          reference: bounded(story.reference, 80),
        }),
      }
    case 'sales':
      return {
        text: t('notification-sales', {
          count: alert.count,
          total: story.totals.map(t.money).join(' + ') || '—',
          since: t.dateTime(alert.firstAt),
        }),
        keyboard: [[openPayments.button(t.plain('menu-payments'), { olderThan: null, customer: null })]],
      }
    case 'access_stuck':
      return stuckView(t, story, alert)
    case 'access_healed':
      return { text: t('notification-access-healed', { server: story.serverName ?? 'none' }) }
    case 'server_down':
      return {
        text: t('notification-server-down', { server: story.serverName, cause: rawHtml(downText(t, story)) }),
        keyboard: toServers(t),
      }
    case 'endpoint_refused':
      return {
        text: t('notification-endpoint-refused', {
          server: story.serverName,
          cause: rawHtml(causeText(t, story.code)),
        }),
        keyboard: toServers(t),
      }
    case 'endpoint_degraded': {
      const problems = rawHtml(problemLines(t, story.problems))
      return {
        text: t('notification-endpoint-degraded', { server: story.serverName, problems }),
        keyboard: toServers(t),
      }
    }
    case 'server_up':
      return { text: t('notification-server-up', { server: story.serverName }) }
    case 'nobody_served':
      return { text: t(`notification-nobody-served-${story.cause}`), keyboard: toServers(t) }
    case 'room_runs_out':
      return {
        text: t('notification-room-runs-out', { people: story.people, days: story.days }),
        keyboard: toServers(t),
      }
    case 'room_again':
      return { text: t('notification-room-again', { people: story.people }) }
    case 'backup_failed':
      return { text: t('notification-backup-failed', { reason: bounded(story.reason, 300) }) }
    case 'notification_refused':
      return {
        text: t('notification-refused', { to: story.to, what: story.what, reason: bounded(story.reason, 300) }),
      }
    case 'customers_untold':
      return { text: t('notification-untold', { count: story.waiting, since: t.dateTime(new Date(story.since)) }) }
    case 'relay_stuck':
      return {
        text: t('notification-relay-stuck', {
          count: story.waiting,
          since: t.dateTime(new Date(story.since)),
          trouble: story.trouble ?? 'other',
        }),
      }
    case 'relay_healed':
      return { text: t('notification-relay-healed') }
    case 'agent_wanted':
      return {
        text: t('notification-agent-wanted', { name: bounded(story.name, 64), id: story.telegramId }),
        keyboard: [[openStaff.button(t.plain('menu-staff'), {})]],
      }
    case 'broadcast_finished':
      return broadcastView(t, story.broadcast)
    default:
      return story satisfies never
  }
}

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

function paymentAlert(
  t: Translator,
  key: string,
  payment: PaymentLine,
  more: Readonly<Record<string, string>> = {},
): View {
  return {
    text: t(key, {
      ...more,
      refunded: payment.refunded ? receivedText(t, payment.refunded) : '—',
      amount: t.money(payment.amount),
      received: payment.received ? receivedText(t, payment.received) : '—',
      title: textIn(payment.planTitle, t.language),
      name: bounded(payment.customerName, 64),
      provider: providerName(t, payment.provider),
    }),
    keyboard: [
      [
        openPayment.button(t.plain('to-payment'), { payment: payment.id }),
        openCustomer.button(t.plain('to-customer'), { customer: payment.customerId }),
      ],
    ],
  }
}
