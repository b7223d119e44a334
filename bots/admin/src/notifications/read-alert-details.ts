import type { Id, Money, PaymentTrouble, StaffAlert } from '@vpn-kiosk/domain'
import type { BroadcastCard, PaymentLine, Shop } from '@vpn-kiosk/shop'

export type StoryShop = Pick<Shop, 'inspectPayment' | 'sumSales' | 'getBroadcastCard'>

/** What is told, with what one must know to understand it. */
export type Story =
  | {
      readonly kind: 'sale' | 'payment_mismatch' | 'paid_twice' | 'refunded' | 'refund_seen' | 'payment_differs'
      readonly payment: PaymentLine
    }
  | {
      readonly kind: 'payment_trouble'
      readonly payment: PaymentLine
      readonly trouble: PaymentTrouble | 'surplus'
      readonly said: string
    }
  | { readonly kind: 'refund_failed'; readonly payment: PaymentLine; readonly reason: string }
  | { readonly kind: 'sales'; readonly totals: readonly Money[] }
  | { readonly kind: 'broadcast_finished'; readonly broadcast: BroadcastCard }
  | Exclude<
      StaffAlert,
      {
        readonly kind:
          | 'sale'
          | 'payment_mismatch'
          | 'paid_twice'
          | 'refunded'
          | 'refund_seen'
          | 'payment_differs'
          | 'payment_trouble'
          | 'refund_failed'
          | 'broadcast_finished'
      }
    >

/** An alert's latest notification, and whether the alert gathers many of its kind. */
export interface ToldOf {
  readonly id: Id<'alert'>
  readonly content: StaffAlert
  readonly isMany: boolean
}

export async function readAlertDetails(shop: StoryShop, { id, content: notification, isMany }: ToldOf): Promise<Story> {
  switch (notification.kind) {
    case 'sale':
      return isMany
        ? { kind: 'sales', totals: await shop.sumSales(id) }
        : { kind: 'sale', payment: await readPayment(shop, notification.paymentId) }
    case 'payment_mismatch':
    case 'paid_twice':
    case 'refunded':
    case 'refund_seen':
    case 'payment_differs':
      return { kind: notification.kind, payment: await readPayment(shop, notification.paymentId) }
    case 'refund_failed':
      return { ...notification, payment: await readPayment(shop, notification.paymentId) }
    case 'payment_trouble': {
      const { kind, trouble, said } = notification
      return { kind, trouble, said, payment: await readPayment(shop, notification.paymentId) }
    }
    case 'broadcast_finished': {
      const seen = await shop.getBroadcastCard('operator', notification.broadcastId)
      if (seen.kind === 'forbidden' || !seen.value)
        throw new Error(`${notification.broadcastId} is announced but not there`)
      return { kind: 'broadcast_finished', broadcast: seen.value }
    }
    default:
      return notification
  }
}

async function readPayment(shop: StoryShop, id: PaymentLine['id']): Promise<PaymentLine> {
  const seen = await shop.inspectPayment('operator', id)
  if (seen.kind === 'forbidden' || !seen.value) throw new Error(`${id} is announced but not there`)
  return seen.value
}
