import { hourMs } from '../time/time.ts'
import type { CustomerNotification } from './notifications.ts'

/**
 * How soon a customer is told. `urgent`: the person waits for it with the chat open. `bulk`: thousands are told in the
 * same minute.
 */
export const customerTelling: Readonly<Record<CustomerNotification['kind'], 'urgent' | 'normal' | 'bulk'>> = {
  key_ready: 'urgent',
  renewed: 'urgent',
  payment_canceled: 'urgent',
  payment_mismatch: 'urgent',
  paid_twice: 'urgent',
  refunded: 'normal',
  topped_up: 'urgent',
  addon_ready: 'urgent',
  gift_ready: 'urgent',
  gift_activated: 'normal',
  gift_ends_soon: 'normal',
  gift_returned: 'normal',
  gift_taken_back: 'normal',
  preparing: 'normal',
  device_reissued: 'normal',
  traffic_used_up: 'normal',
  stretch_started_early: 'normal',
  devices_over_limit: 'normal',
  devices_closed: 'normal',
  referral_bonus: 'normal',
  referral_money: 'normal',
  referral_money_taken: 'normal',
  invited_bonus: 'normal',
  extended_by_shop: 'normal',
  days_taken_back: 'normal',
  ban_lifted: 'normal',
  personal_discount: 'normal',
  trial_held: 'normal',
  trial_resumed: 'urgent',
  freeze_ended: 'normal',
  grace_started: 'normal',
  card_saved: 'normal',
  renewal_failed: 'normal',
  renewal_stopped: 'normal',
  renewal_announced: 'bulk',
  expiring: 'bulk',
  expired: 'bulk',
  trial_ended: 'bulk',
  traffic_low: 'bulk',
  win_back: 'bulk',
}

/** Notifications that wait so long are queued again by the sweep, and staff hear that customers are not told. */
export const queuedNotificationLimitMs = hourMs

/** A notification that could not be sent for this long is given up: nobody needs it any more. */
export const untoldNotificationLimitMs = 72 * hourMs
