import type { JobData, Shop } from '@vpn-kiosk/shop'

/** The verbs that are killed. */
type KilledVerb =
  | 'startPurchase'
  | 'startTopUp'
  | 'buyFromBalance'
  | 'startAddon'
  | 'buyAddon'
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
  | 'provisionAccess'

/** One call of a verb, or of the client bot's job that tells a notification, as one process tells it to another. */
export type VerbCall =
  | { readonly [V in KilledVerb]: { readonly verb: V; readonly parameters: Parameters<Shop[V]> } }[KilledVerb]
  | { readonly verb: 'tellCustomer'; readonly parameters: readonly [JobData<'tell-customer'>] }

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

type Verbs = Readonly<Record<VerbCall['verb'], (...parameters: never[]) => Promise<unknown>>>

export const callVerb = (verbs: Verbs, { verb, parameters }: VerbCall): Promise<unknown> =>
  (verbs[verb] as (...parameters: readonly unknown[]) => Promise<unknown>)(...parameters)
