import { sql } from '@vpn-kiosk/db'

/** SQL: the end of the subscription `s` as it stands in the keys of notifications, in milliseconds. */
export const endKey = sql<string>`floor(extract(epoch from s.ends_at) * 1000)::bigint`
