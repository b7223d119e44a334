import type { StaffRole } from '../staff/roles.ts'
import type { StaffAlert } from './notifications.ts'

/**
 * How telling one member of staff stands. `unreachable`: blocked the admin bot or never started it. `failed`: Telegram
 * will never take this message, or nobody could be told for too long.
 */
export const staffDeliveryStates = ['queued', 'sent', 'unreachable', 'failed'] as const
export type StaffDeliveryState = (typeof staffDeliveryStates)[number]

interface Telling {
  readonly roles: readonly StaffRole[]
  /** Somebody should act: told before what is only good to know. */
  readonly isUrgent: boolean
}

const ownerAndAdmins = ['owner', 'admin'] as const

/** Who hears of each kind, and how soon. */
export const staffTelling: Readonly<Record<StaffAlert['kind'], Telling>> = {
  sale: { roles: ownerAndAdmins, isUrgent: false },
  payment_mismatch: { roles: ownerAndAdmins, isUrgent: true },
  paid_twice: { roles: ownerAndAdmins, isUrgent: false },
  refunded: { roles: ownerAndAdmins, isUrgent: false },
  refund_seen: { roles: ownerAndAdmins, isUrgent: true },
  payment_differs: { roles: ownerAndAdmins, isUrgent: false },
  refund_failed: { roles: ownerAndAdmins, isUrgent: true },
  books_wrong: { roles: ['owner'], isUrgent: true },
  payment_trouble: { roles: ownerAndAdmins, isUrgent: true },
  provider_refused: { roles: ownerAndAdmins, isUrgent: true },
  provider_down: { roles: ownerAndAdmins, isUrgent: false },
  provider_up: { roles: ownerAndAdmins, isUrgent: false },
  key_ends: { roles: ownerAndAdmins, isUrgent: false },
  nobody_can_pay: { roles: ownerAndAdmins, isUrgent: true },
  payment_again: { roles: ownerAndAdmins, isUrgent: false },
  unmatched_payment: { roles: ownerAndAdmins, isUrgent: true },
  access_stuck: { roles: ownerAndAdmins, isUrgent: true },
  access_healed: { roles: ownerAndAdmins, isUrgent: false },
  server_down: { roles: ownerAndAdmins, isUrgent: true },
  nobody_served: { roles: ownerAndAdmins, isUrgent: true },
  room_runs_out: { roles: ownerAndAdmins, isUrgent: false },
  room_again: { roles: ownerAndAdmins, isUrgent: false },
  server_up: { roles: ownerAndAdmins, isUrgent: false },
  endpoint_refused: { roles: ownerAndAdmins, isUrgent: true },
  endpoint_degraded: { roles: ownerAndAdmins, isUrgent: true },
  disk_full: { roles: ownerAndAdmins, isUrgent: true },
  disk_again: { roles: ownerAndAdmins, isUrgent: false },
  redis_down: { roles: ownerAndAdmins, isUrgent: true },
  redis_up: { roles: ownerAndAdmins, isUrgent: false },
  channel_unreadable: { roles: ownerAndAdmins, isUrgent: true },
  backup_failed: { roles: ownerAndAdmins, isUrgent: true },
  notification_refused: { roles: ['owner'], isUrgent: false },
  customers_untold: { roles: ownerAndAdmins, isUrgent: true },
  broadcast_finished: { roles: ownerAndAdmins, isUrgent: false },
  relay_stuck: { roles: ownerAndAdmins, isUrgent: true },
  relay_healed: { roles: ownerAndAdmins, isUrgent: false },
  agent_wanted: { roles: ['owner'], isUrgent: false },
}
