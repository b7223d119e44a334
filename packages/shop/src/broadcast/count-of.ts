import { sql } from '@vpn-kiosk/db'
import type { RecipientState } from '@vpn-kiosk/domain'

/** SQL: how many of the recipients are in this state. */
export const countOf = (state: RecipientState) => sql<number>`(count(*) filter (where state = ${sql.lit(state)}))::int`
