import type { CustomerNotification } from './notifications.ts'

/** What a customer may switch off, in the order of the screen. */
export const notificationSwitches = ['expiry', 'traffic', 'news', 'offers', 'referral'] as const
export type NotificationSwitch = (typeof notificationSwitches)[number]

/** What a customer switched. What is absent stands as `unswitched` says. */
export type NotificationSettings = Readonly<Partial<Record<NotificationSwitch, boolean>>>

/** How a switch stands that nobody touched: on, or like another one, which it was part of before it had a switch. */
export const unswitched: Readonly<Record<NotificationSwitch, true | NotificationSwitch>> = {
  expiry: true,
  traffic: 'expiry',
  news: true,
  offers: 'news',
  referral: true,
}

export const defaultNotifications: NotificationSettings = {
  expiry: true,
  traffic: true,
  news: true,
  offers: true,
  referral: true,
}

/** Whether a customer with these settings wants what the switch is for. */
export function isWanted(settings: NotificationSettings, which: NotificationSwitch): boolean {
  const otherwise = unswitched[which]
  return settings[which] ?? (otherwise === true || isWanted(settings, otherwise))
}

/**
 * Which switch silences a kind. `always`: money, keys, limits and bans concern what the customer has, and are told whatever
 * is switched off.
 */
export const notificationSwitch: Readonly<Record<CustomerNotification['kind'], NotificationSwitch | 'always'>> = {
  expiring: 'expiry',
  traffic_low: 'traffic',
  referral_bonus: 'referral',
  referral_money: 'referral',
  referral_money_taken: 'always',
  invited_bonus: 'always',
  win_back: 'offers',
  personal_discount: 'always',
  key_ready: 'always',
  renewed: 'always',
  renewal_announced: 'always',
  card_saved: 'always',
  renewal_failed: 'always',
  renewal_stopped: 'always',
  preparing: 'always',
  payment_canceled: 'always',
  payment_mismatch: 'always',
  paid_twice: 'always',
  refunded: 'always',
  topped_up: 'always',
  addon_ready: 'always',
  gift_ready: 'always',
  gift_activated: 'always',
  gift_ends_soon: 'always',
  gift_returned: 'always',
  gift_taken_back: 'always',
  expired: 'always',
  trial_ended: 'always',
  device_reissued: 'always',
  traffic_used_up: 'always',
  stretch_started_early: 'always',
  devices_over_limit: 'always',
  devices_closed: 'always',
  extended_by_shop: 'always',
  days_taken_back: 'always',
  ban_lifted: 'always',
  trial_held: 'always',
  trial_resumed: 'always',
  freeze_ended: 'always',
  grace_started: 'always',
}
