import { addMoney, money, type PaymentId, type ProviderStatus, type StarCharge, subtractMoney } from '@vpn-kiosk/domain'

const zero = money(0, 'XTR')

/** What the charges of one payment come to: the sum of all, less what went back. */
export function readStatus(paymentId: PaymentId, charges: readonly StarCharge[]): ProviderStatus {
  if (charges.length === 0) return { kind: 'pending' }
  const sum = (some: readonly StarCharge[]) => some.reduce((total, { amount }) => addMoney(total, amount), zero)
  const refunded = sum(charges.filter(({ refundedAt }) => refundedAt !== null))
  return {
    kind: 'paid',
    received: subtractMoney(sum(charges), refunded),
    paidAt: charges[0]!.paidAt,
    paymentId,
    ...(refunded.minor > 0n ? { refunded } : {}),
  }
}
