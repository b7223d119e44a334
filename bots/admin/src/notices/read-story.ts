import type { CustomerId, StaffNotice } from '@vpn-kiosk/domain'
import type { PaymentLine } from '@vpn-kiosk/shop'
import type { TellStaffShop } from './tell-staff.ts'

/** A notice with what one must know to understand it. */
export type Story =
  | { readonly kind: 'sale' | 'payment_mismatch'; readonly payment: PaymentLine }
  | {
      readonly kind: 'access_stuck'
      readonly minutes: number
      readonly reason: string
      readonly customer: { readonly id: CustomerId; readonly firstName: string } | null
    }
  | { readonly kind: 'server_down'; readonly serverName: string; readonly reason: string }
  | { readonly kind: 'server_up'; readonly serverName: string }
  | { readonly kind: 'backup_failed'; readonly reason: string }

export async function readStory(shop: TellStaffShop, notice: StaffNotice): Promise<Story> {
  switch (notice.kind) {
    case 'sale':
    case 'payment_mismatch': {
      const seen = await shop.inspectPayment('operator', notice.paymentId)
      if (seen.kind === 'forbidden' || !seen.value) throw new Error(`${notice.paymentId} is announced but not there`)
      return { kind: notice.kind, payment: seen.value }
    }
    case 'access_stuck': {
      const { kind, minutes, reason, subscriptionId } = notice
      return { kind, minutes, reason, customer: await shop.findSubscriber(subscriptionId) }
    }
    default:
      return notice
  }
}
