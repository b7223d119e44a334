import { hourMs, minuteMs } from '../time/time.ts'
import type { StaffAlert } from './notifications.ts'

/**
 * Notifications to staff with the same cause are one message: the first is sent, those that follow within the window are
 * counted in it.
 */
export interface Cause {
  /** Equal for all notifications of one matter, such as `server_down:ams-1`. */
  readonly key: string
  readonly windowMs: number
}

/** The cause of a notification to staff. A kind that comes alone has a cause of its own each time. */
export function causeOf(alert: StaffAlert): Cause {
  switch (alert.kind) {
    case 'sale':
    case 'payment_mismatch':
    case 'paid_twice':
    case 'refunded':
    case 'refund_seen':
    case 'refund_failed':
      return { key: `${alert.kind}:${alert.paymentId}`, windowMs: hourMs }
    case 'payment_trouble':
      if (alert.trouble === 'surplus') return { key: `payment_surplus:${alert.paymentId}`, windowMs: hourMs }
      return { key: `payment_trouble:${alert.trouble}:${withoutNumbers(alert.said)}`, windowMs: 6 * hourMs }
    case 'provider_refused':
    case 'provider_down':
    case 'provider_up':
    case 'key_ends':
    case 'nobody_can_pay':
    case 'payment_again':
    case 'unmatched_payment':
    case 'payment_differs':
      return causeOfProvider(alert)
    case 'access_stuck':
      return { key: accessStuck(alert), windowMs: 6 * hourMs }
    case 'access_healed':
      return { key: `access_healed:${alert.serverName ?? ''}`, windowMs: 10 * minuteMs }
    case 'server_down':
    case 'server_up':
    case 'nobody_served':
    case 'endpoint_refused':
    case 'endpoint_degraded':
      return causeOfServer(alert)
    case 'room_runs_out':
      return { key: `room_runs_out:${alert.days}`, windowMs: 24 * hourMs }
    case 'room_again':
    case 'disk_again':
    case 'redis_up':
      return { key: alert.kind, windowMs: hourMs }
    case 'disk_full':
    case 'redis_down':
      return { key: alert.kind, windowMs: 12 * hourMs }
    case 'books_wrong':
    case 'backup_failed':
      return { key: alert.kind, windowMs: 20 * hourMs }
    case 'notification_refused':
      return { key: `notification_refused:${alert.to}:${alert.what}`, windowMs: 24 * hourMs }
    case 'customers_untold':
      return { key: 'customers_untold', windowMs: 6 * hourMs }
    case 'channel_unreadable':
      return { key: `channel_unreadable:${alert.chatId}`, windowMs: 24 * hourMs }
    case 'broadcast_finished':
      return { key: `broadcast_finished:${alert.broadcastId}`, windowMs: hourMs }
    case 'relay_stuck':
      return { key: relayStuck, windowMs: 12 * hourMs }
    case 'relay_healed':
      return { key: 'relay_healed', windowMs: 10 * minuteMs }
    case 'agent_wanted':
      return { key: `agent_wanted:${alert.telegramId}`, windowMs: 24 * hourMs }
    default:
      return alert satisfies never
  }
}

type ServerAlert = Extract<
  StaffAlert,
  { readonly kind: 'server_down' | 'server_up' | 'nobody_served' | 'endpoint_refused' | 'endpoint_degraded' }
>

function causeOfServer(alert: ServerAlert): Cause {
  switch (alert.kind) {
    case 'server_down':
      return { key: serverDown(alert.serverName), windowMs: 12 * hourMs }
    case 'server_up':
      return { key: `server_up:${alert.serverName}`, windowMs: 10 * minuteMs }
    case 'nobody_served':
      return { key: nobodyServed, windowMs: 12 * hourMs }
    case 'endpoint_refused':
    case 'endpoint_degraded':
      return { key: `${alert.kind}:${alert.serverName}`, windowMs: 12 * hourMs }
  }
}

type ProviderAlert = Extract<
  StaffAlert,
  {
    readonly kind:
      | 'provider_refused'
      | 'provider_down'
      | 'provider_up'
      | 'key_ends'
      | 'nobody_can_pay'
      | 'payment_again'
      | 'unmatched_payment'
      | 'payment_differs'
  }
>

function causeOfProvider(alert: ProviderAlert): Cause {
  switch (alert.kind) {
    case 'provider_refused':
      return { key: `provider_refused:${alert.provider}:${withoutNumbers(alert.sentence)}`, windowMs: 20 * hourMs }
    case 'provider_down':
      return { key: providerDown(alert.provider), windowMs: 12 * hourMs }
    case 'provider_up':
      return { key: `provider_up:${alert.provider}`, windowMs: 10 * minuteMs }
    case 'key_ends':
      return { key: `key_ends:${alert.provider}:${alert.until}`, windowMs: 24 * hourMs }
    case 'nobody_can_pay':
      return { key: nobodyCanPay, windowMs: 12 * hourMs }
    case 'payment_again':
      return { key: 'payment_again', windowMs: 10 * minuteMs }
    case 'payment_differs':
      return { key: alert.kind, windowMs: 20 * hourMs }
    case 'unmatched_payment':
      return { key: `unmatched_payment:${alert.provider}`, windowMs: 6 * hourMs }
  }
}

/** The cause that ends with this notification: its message is edited to say so. Null when it ends none. */
export function causeEndedBy(alert: StaffAlert): string | null {
  if (alert.kind === 'server_up') return serverDown(alert.serverName)
  if (alert.kind === 'access_healed') return accessStuck(alert)
  if (alert.kind === 'room_again') return nobodyServed
  if (alert.kind === 'disk_again') return 'disk_full'
  if (alert.kind === 'redis_up') return 'redis_down'
  if (alert.kind === 'provider_up') return providerDown(alert.provider)
  if (alert.kind === 'payment_again') return nobodyCanPay
  return alert.kind === 'relay_healed' ? relayStuck : null
}

const nobodyServed = 'nobody_served'
const nobodyCanPay = 'nobody_can_pay'
const providerDown = (provider: string): string => `provider_down:${provider}`

/** The same for everybody who waits at one server for one trouble. */
const accessStuck = ({ serverName, reason }: { readonly serverName: string | null; readonly reason: string }): string =>
  `access_stuck:${serverName ?? ''}:${withoutNumbers(reason)}`

const relayStuck = 'relay_stuck'
const serverDown = (serverName: string): string => `server_down:${serverName}`

/** Two sentences of the same trouble differ in ids, ports and times. */
const withoutNumbers = (reason: string): string => reason.replace(/[\w-]*\d[\w-]*/g, '#').slice(0, 120)
