import { type RawBuilder, sql } from '@vpn-kiosk/db'
import { type NotificationSwitch, unswitched } from '@vpn-kiosk/domain'

/** SQL: whether the customer `c` wants what the switch is for; the same rule as `isWanted`. */
export function wants(which: NotificationSwitch): RawBuilder<boolean> {
  const otherwise = unswitched[which]
  const rest = otherwise === true ? sql.lit(true) : wants(otherwise)
  return sql<boolean>`coalesce((c.notifications->>${sql.lit(which)})::boolean, ${rest})`
}
