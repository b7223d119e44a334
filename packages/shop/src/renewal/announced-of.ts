import type { RenewalRow } from '@vpn-kiosk/db'
import { type Money, money } from '@vpn-kiosk/domain'

/** What the customer was told of this end, or agreed to. */
export const announcedOf = (row: RenewalRow): Money | null =>
  row.announcedMinor === null || row.announcedCurrency === null
    ? null
    : money(row.announcedMinor, row.announcedCurrency)
