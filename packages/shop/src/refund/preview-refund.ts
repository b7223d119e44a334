import { type EntityManager, ReferralEntity, RefundEntity, sql } from '@vpn-kiosk/db'
import {
  type AddonSize,
  balanceProvider,
  dayMs,
  type GiftState,
  type Id,
  isBefore,
  isRefundable,
  type Money,
  money,
  type PaymentId,
  type RefundState,
  remainingMsOf,
} from '@vpn-kiosk/domain'
import { findGrantedAddon, type GrantedAddon } from '../addon/take-back-addon.ts'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { type LockedPayment, lockPayment } from './book-refund.ts'
import { refundableOf } from './request-refund.ts'

export interface RefundPreview {
  /** What may still be given back. */
  readonly most: Money
  /** `part`, `whole`: the provider does it when asked. `by_hand`: only staff can. `balance`: it was paid from there. */
  readonly means: 'part' | 'whole' | 'by_hand' | 'balance'
  /** Days that the payment bought and that have not passed: what giving all of it back takes. */
  readonly daysLeft: number
  /** Of a gift: how it stands. One that waits is dead with the refund; of one that is activated the recipient's time is taken. */
  readonly gift?: GiftState
  /** What is left of an add-on that the payment brought; `isOver`: with its stretch it has ended, and nothing is taken. */
  readonly addon?: AddonSize & { readonly isOver: boolean }
  /** Add-ons of the same time: they end with it, and their money is given back by refunds of their own. */
  readonly addonsEnding: number
  /** The inviter loses the bonus that this payment earned. */
  readonly takesBonus: boolean
  /** The newest refunds of this payment, newest first. */
  readonly refunds: readonly RefundLine[]
}

interface RefundLine {
  readonly state: RefundState
  readonly amount: Money
  readonly createdAt: Date
  /** Why it failed, or what the provider last said. */
  readonly reason: string | null
}

export type PreviewRefundResult =
  | { readonly kind: 'preview'; readonly preview: RefundPreview }
  | { readonly kind: 'unknown_payment' }
  | Forbidden

/** What a refund of a payment could give and would take, before anybody asks for it. */
export async function previewRefund(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy' | 'providers'>,
  actor: Actor,
  paymentId: PaymentId,
): Promise<PreviewRefundResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'refund_payments', em))) return { kind: 'forbidden' }
    const payment = await lockPayment(em, paymentId)
    if (!payment) return { kind: 'unknown_payment' }
    const stretch = await em
      .getKysely()
      .selectFrom('subscription_periods')
      .select(['id', 'starts_at as startsAt', 'ends_at as endsAt'])
      .where('key', '=', `payment:${paymentId}`)
      .executeTakeFirst()
    const granted = await findGrantedAddon(em, payment, deps.clock.now())
    const refunds = await em.find(RefundEntity, { paymentId }, { orderBy: { createdAt: 'desc' }, limit: 5 })
    return {
      kind: 'preview',
      preview: {
        most: refundableOf(payment),
        means: meansOf(deps, payment),
        daysLeft: stretch ? Math.ceil(remainingMsOf(stretch, deps.clock.now()) / dayMs) : 0,
        ...(payment.gift && { gift: payment.gift.state }),
        ...(granted && { addon: addonLeft(granted) }),
        addonsEnding: stretch ? await countAddons(em, stretch, deps.clock.now()) : 0,
        takesBonus: (await em.count(ReferralEntity, { paymentId })) > 0,
        refunds: refunds.map(({ state, amountMinor, currency, createdAt, reason }) => ({
          state,
          amount: money(amountMinor, currency),
          createdAt,
          reason,
        })),
      },
    }
  })
}

/** Nothing ends with time that is over. */
const countAddons = async (
  em: EntityManager,
  { id, endsAt }: { readonly id: Id<'period'>; readonly endsAt: Date },
  now: Date,
): Promise<number> =>
  isBefore(now, endsAt)
    ? (
        await em
          .getKysely()
          .selectFrom('addon_grants')
          .select(sql<number>`count(*)::int`.as('count'))
          .where('period_id', '=', id)
          .whereRef('taken', '<', 'amount')
          .executeTakeFirstOrThrow()
      ).count
    : 0

const addonLeft = ({ kind, amount, taken, stretch }: GrantedAddon) => ({
  kind,
  amount: amount - taken,
  isOver: stretch === null,
})

function meansOf({ providers }: Pick<ShopDeps, 'providers'>, { provider: id }: LockedPayment): RefundPreview['means'] {
  if (id === balanceProvider) return 'balance'
  const provider = providers.get(id)
  return provider && isRefundable(provider) ? provider.refunds : 'by_hand'
}
