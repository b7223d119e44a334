import type { RetentionTable } from '@vpn-kiosk/domain'

/** Tables under their earlier names: an operator's RETENTION_DAYS outlives a renaming. */
export const earlierTables: Readonly<Record<string, RetentionTable>> = {
  notices: 'notifications',
  payment_notices: 'payment_webhooks',
  staff_alerts: 'alerts',
}
