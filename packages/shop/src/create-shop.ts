import type { CustomerId } from '@vpn-kiosk/domain'
import { accessVerbs } from './access/index.ts'
import { addonVerbs } from './addon/index.ts'
import { analyticsVerbs } from './analytics/index.ts'
import { backupVerbs } from './backup/index.ts'
import { balanceVerbs } from './balance/index.ts'
import { broadcastVerbs } from './broadcast/index.ts'
import { channelVerbs } from './channel/index.ts'
import { customerVerbs } from './customer/index.ts'
import type { ShopDeps } from './deps.ts'
import { deviceVerbs } from './device/index.ts'
import { discountVerbs } from './discount/index.ts'
import { freezeVerbs } from './freeze/index.ts'
import { giftVerbs } from './gift/index.ts'
import { ledgerVerbs } from './ledger/index.ts'
import { notificationVerbs } from './notification/index.ts'
import { operationVerbs } from './operation/index.ts'
import { guardProviders } from './payment/guard-providers.ts'
import { paymentVerbs } from './payment/index.ts'
import { listPaymentMethods, type PricedPlan } from './payment/list-payment-methods.ts'
import { noteAnswers } from './payment/note-answers.ts'
import { planVerbs } from './plan/index.ts'
import { promoVerbs } from './promo/index.ts'
import { purchaseVerbs } from './purchase/index.ts'
import { referralVerbs } from './referral/index.ts'
import { refundVerbs } from './refund/index.ts'
import { renewalVerbs } from './renewal/index.ts'
import { reportVerbs } from './report/index.ts'
import { seedVerbs } from './seed/index.ts'
import { serverVerbs } from './server/index.ts'
import { settingVerbs } from './setting/index.ts'
import { recall, remember, type SettingKey } from './setting/remember.ts'
import { staffVerbs } from './staff/index.ts'
import { subscriptionVerbs } from './subscription/index.ts'
import { termsVerbs } from './terms/index.ts'
import { ticketVerbs } from './ticket/index.ts'
import { trialVerbs } from './trial/index.ts'

/** What the business can do, its dependencies already in hand. Ask for a slice: `Pick<Shop, 'listPlans'>`. */
export type Shop = ReturnType<typeof createShop>

/**
 * All verbs of the shop, each without its first argument. A verb that takes `(deps, customerId)` in its file is
 * `shop.verb(customerId)`.
 *
 * @example
 * const shop = createShop(deps)
 * const plans = await shop.listPlans()
 */
export function createShop(given: ShopDeps) {
  const guarded = guardProviders(given.providers, given.clock)
  const deps: ShopDeps = { ...given, providers: noteAnswers(given, guarded.providers) }
  return {
    policy: deps.policy,
    listPaymentMethods: (plan: PricedPlan, customerId?: CustomerId) =>
      listPaymentMethods({ ...guarded, db: deps.db, clock: deps.clock }, plan, customerId),
    remember: <T>(key: SettingKey, value: T) => remember(deps, key, value),
    recall: <T>(key: SettingKey) => recall<T>(deps, key),
    ...bind(deps, accessVerbs),
    ...bind(deps, addonVerbs),
    ...bind(deps, analyticsVerbs),
    ...bind(deps, backupVerbs),
    ...bind(deps, balanceVerbs),
    ...bind(deps, broadcastVerbs),
    ...bind(deps, channelVerbs),
    ...bind(deps, customerVerbs),
    ...bind(deps, deviceVerbs),
    ...bind(deps, discountVerbs),
    ...bind(deps, freezeVerbs),
    ...bind(deps, giftVerbs),
    ...bind(deps, ledgerVerbs),
    ...bind(deps, notificationVerbs),
    ...bind(deps, operationVerbs),
    ...bind(deps, paymentVerbs),
    ...bind(deps, planVerbs),
    ...bind(deps, promoVerbs),
    ...bind(deps, purchaseVerbs),
    ...bind(deps, referralVerbs),
    ...bind(deps, refundVerbs),
    ...bind(deps, renewalVerbs),
    ...bind(deps, reportVerbs),
    ...bind(deps, seedVerbs),
    ...bind(deps, serverVerbs),
    ...bind(deps, settingVerbs),
    ...bind(deps, staffVerbs),
    ...bind(deps, subscriptionVerbs),
    ...bind(deps, termsVerbs),
    ...bind(deps, ticketVerbs),
    ...bind(deps, trialVerbs),
  }
}

type Verbs = Readonly<Record<string, (deps: ShopDeps, ...given: never[]) => unknown>>

/** The same verbs, for whoever has no dependencies in hand. */
type Bound<V extends Verbs> = {
  readonly [K in keyof V]: V[K] extends (deps: ShopDeps, ...given: infer G) => infer R ? (...given: G) => R : never
}

const bind = <V extends Verbs>(deps: ShopDeps, verbs: V): Bound<V> =>
  Object.fromEntries(
    Object.entries(verbs).map(([name, verb]) => [name, (...given: never[]) => verb(deps, ...given)]),
  ) as Bound<V>
