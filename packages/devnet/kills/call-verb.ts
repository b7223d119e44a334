import type { Shop } from '@vpn-kiosk/shop'

/** The verbs that are killed. */
type KilledVerb =
  | 'startPurchase'
  | 'startTopUp'
  | 'buyFromBalance'
  | 'settlePayment'
  | 'activateGift'
  | 'requestRefund'
  | 'carryOutRefund'
  | 'renewSubscriptions'
  | 'switchPlan'
  | 'freezeSubscription'
  | 'unfreezeSubscription'
  | 'endFreezes'
  | 'receiveStarPayment'

/** One call of a verb, as one process tells it to another. */
export type VerbCall = {
  readonly [V in KilledVerb]: { readonly verb: V; readonly parameters: Parameters<Shop[V]> }
}[KilledVerb]

/** What a process of the shop is told to do, at the hour of the world's clock. */
export type Order = { readonly at: Date } & (
  | { readonly kind: 'call'; readonly call: VerbCall; readonly fatal: number }
  | { readonly kind: 'sweep' }
)

/** What it answers, unless it died. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly passed: number }
  | { readonly kind: 'failed'; readonly error: string }

export const callVerb = (shop: Shop, { verb, parameters }: VerbCall): Promise<unknown> =>
  (shop[verb] as (...parameters: readonly unknown[]) => Promise<unknown>)(...parameters)
