import type { BroadcastId, CustomerId, PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'

/** What a child process can be asked to do. */
export const verbCalls = {
  startStretches: (shop: Shop) => shop.startStretches(),
  takeBackDays: (shop: Shop, [customer, request]: readonly string[]) =>
    shop.takeBackDays('operator', customer as CustomerId, request ?? ''),
  startBroadcast: (shop: Shop, [id]: readonly string[]) => shop.startBroadcast('operator', id as BroadcastId),
  gatherStaffNotifications: (shop: Shop) => shop.gatherStaffNotifications(),
  settlePayment: (shop: Shop, [id]: readonly string[]) => shop.settlePayment(id as PaymentId),
} as const

export type VerbCall = keyof typeof verbCalls
