import {
  chargesSaved,
  type Money,
  money,
  type OrderId,
  type PaymentId,
  type PaymentProvider,
  type Plan,
  type ProviderId,
} from '@vpn-kiosk/domain'
import type { PromoRefusal } from '../discount/refuse-promo.ts'
import { withFreePromo } from '../discount/with-free-promo.ts'
import { maySaveCard } from '../payment/may-save-card.ts'
import { mustAcceptTerms } from '../terms/must-accept-terms.ts'
import { checkRoom } from './check-room.ts'
import { openInvoice } from './open-invoice.ts'
import { preparePayment } from './prepare-payment.ts'
import type { StartPurchaseDeps, StartPurchaseInput } from './purchase-request.ts'

interface Tried {
  readonly providerId: ProviderId
  /** One of the provider's ways to pay; absent for its page with all of them. */
  readonly method?: string | undefined
}

/** Whether what is paid with is kept for auto-renewal: it can be, it will be, or it was wished and cannot be. */
type CardSaving = 'offered' | 'saves' | 'refused'

export type StartPurchaseResult =
  | ({
      readonly kind: 'invoice'
      readonly paymentId: PaymentId
      readonly orderId: OrderId
      readonly url: string
      readonly plan: Plan
      /** What this invoice asks for, in a currency that its provider takes. */
      readonly amount: Money
      readonly expiresAt: Date
      /** Absent where nothing can be kept. */
      readonly card?: CardSaving | undefined
    } & Tried)
  | { readonly kind: 'banned' }
  /** The shop wants its terms agreed to before anything is paid. */
  | { readonly kind: 'needs_terms' }
  | { readonly kind: 'plan_gone' }
  | { readonly kind: 'provider_gone' }
  /** No server has room for a newcomer, and the shop sells nothing then. */
  | { readonly kind: 'no_room' }
  /** No answer: another try may succeed. */
  | ({ readonly kind: 'provider_unavailable'; readonly plan: Plan } & Tried)
  /** The provider said no, and staff were told why: only another provider helps. */
  | ({ readonly kind: 'provider_refused'; readonly plan: Plan } & Tried)
  /** The law wants a receipt sent: the customer says first where to. */
  | ({ readonly kind: 'needs_email'; readonly plan: Plan } & Tried)
  /** The button's order is paid. */
  | { readonly kind: 'already_paid'; readonly orderId: OrderId }
  /** The plan costs more than what was shown: its code, for one, was used up meanwhile, or is in an invoice of this customer that may still be paid. */
  | PromoRefusal

/**
 * Opens an order and an invoice to pay for it. A second call for the same plan while the order is open stays with that
 * order, and with the same way to pay hands out the same invoice: neither a double tap nor another method makes two orders.
 */
export async function startPurchase(deps: StartPurchaseDeps, input: StartPurchaseInput): Promise<StartPurchaseResult> {
  const provider = deps.providers.get(input.providerId)
  if (!provider) return { kind: 'provider_gone' }
  if (await mustAcceptTerms(deps, input.customerId)) return { kind: 'needs_terms' }
  if ((await checkRoom(deps, input.kind === 'gift' ? null : input.customerId)) === 'closed') return { kind: 'no_room' }
  const prepare = () => deps.db.transaction((em) => preparePayment(deps, em, input, provider))
  const prepared = await withFreePromo(deps, input.customerId, prepare)
  if ('kind' in prepared) return prepared
  deps.checkpoint('purchase:stored')

  const { payment, plan, isFirst } = prepared
  const invoice =
    payment.url && payment.reference
      ? ({ kind: 'open', url: payment.url, savesCard: payment.savesCard } as const)
      : await openInvoice(deps, provider, payment, { ...input, isFirst })
  const tried = { providerId: provider.id, ...(input.method !== undefined && { method: input.method }) }
  if (invoice.kind === 'needs_email') return { kind: 'needs_email', plan, ...tried }
  if (invoice.kind !== 'open') return { kind: `provider_${invoice.kind}`, plan, ...tried }
  return {
    kind: 'invoice',
    paymentId: payment.id,
    orderId: payment.orderId,
    url: invoice.url,
    plan,
    amount: money(payment.amountMinor, payment.currency),
    ...tried,
    expiresAt: payment.expiresAt,
    card: await findCardSaving(deps, provider, input, { savesCard: invoice.savesCard, plan }),
  }
}

async function findCardSaving(
  { db, clock }: StartPurchaseDeps,
  provider: PaymentProvider,
  { kind, savesCard: isWished }: StartPurchaseInput,
  { savesCard, plan }: { readonly savesCard: boolean; readonly plan: Plan },
): Promise<CardSaving | undefined> {
  if (savesCard) return 'saves'
  if (kind !== undefined || plan.isTrial || !chargesSaved(provider)) return undefined
  if (isWished) return 'refused'
  return (await maySaveCard(db.em(), provider, plan.price.currency, clock.now())) ? 'offered' : undefined
}
