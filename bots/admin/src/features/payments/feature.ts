import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { showView } from '@vpn-kiosk/telegram'
import { Composer } from 'grammy'
import type { AdminContext } from '../../context.ts'
import { forbiddenView, showSeen } from '../../show-seen.ts'
import {
  acceptPayment,
  askAcceptance,
  askWriteOff,
  decidePayment,
  openPayment,
  openPayments,
  openPaymentsBy,
  openUndecided,
  recheckPayment,
  undoWriteOff,
  writeOff,
} from './callbacks.ts'
import { acceptanceView, writeOffView } from './case-views.ts'
import { paymentView } from './payment-view.ts'
import { paymentsByView, paymentsView, undecidedView } from './views.ts'

type PaymentsShop = Pick<
  Shop,
  | 'inspectPayments'
  | 'inspectPayment'
  | 'recheckAsStaff'
  | 'decidePayment'
  | 'acceptMismatch'
  | 'writeOff'
  | 'undoWriteOff'
>

export function paymentsFeature(shop: PaymentsShop): Composer<AdminContext> {
  const feature = new Composer<AdminContext>()
  feature.command('payments', (ctx) => showPage(shop, ctx, null, null))
  openPayments.handle(feature, (ctx, { olderThan, customer }) => showPage(shop, ctx, olderThan, customer))
  openPaymentsBy.handle(feature, async (ctx, { olderThan, ...filter }) => {
    const { state, provider, period } = filter
    const by = { ...(state && { state }), ...(provider && { provider }), ...(period && { period }) }
    const seen = await shop.inspectPayments(ctx.actor, { ...by, ...(olderThan ? { olderThan } : {}) })
    await showSeen(ctx, seen, (found) => paymentsByView(ctx.t, found, { filter, isNewest: olderThan === null }))
  })
  openPayment.handle(feature, (ctx, { payment }) => showPayment(shop, ctx, payment, null))
  recheckPayment.handle(feature, async (ctx, { payment }) => {
    const result = await shop.recheckAsStaff(ctx.actor, payment)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showPayment(shop, ctx, payment, ctx.t('recheck-result', { kind: result.kind }))
  })
  openUndecided.handle(feature, async (ctx, { olderThan }) => {
    const seen = await shop.inspectPayments(ctx.actor, { isUndecided: true, ...(olderThan ? { olderThan } : {}) })
    await showSeen(ctx, seen, (found) => undecidedView(ctx.t, found, { isNewest: olderThan === null }))
  })
  decidePayment.handle(feature, async (ctx, { payment, decided }) => {
    const result = await shop.decidePayment(ctx.actor, payment, decided)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showPayment(shop, ctx, payment, ctx.t('decide-result', { kind: result.kind }))
  })
  askAcceptance.handle(feature, async (ctx, { payment, as }) => {
    const seen = await shop.inspectPayment(ctx.actor, payment)
    await showSeen(ctx, seen, (line) => acceptanceView(ctx.t, line, as))
  })
  acceptPayment.handle(feature, async (ctx, { payment, as }) => {
    const result = await shop.acceptMismatch(ctx.actor, { paymentId: payment, as })
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showPayment(shop, ctx, payment, ctx.t('accept-result', { kind: result.kind }))
  })
  addWriteOff(shop, feature)
  return feature
}

/** Money that is given up, and taken back. */
function addWriteOff(shop: PaymentsShop, feature: Composer<AdminContext>): void {
  askWriteOff.handle(feature, async (ctx, { payment }) => {
    const seen = await shop.inspectPayment(ctx.actor, payment)
    await showSeen(ctx, seen, (line) => writeOffView(ctx.t, line))
  })
  writeOff.handle(feature, async (ctx, { payment }) => {
    const result = await shop.writeOff(ctx.actor, payment)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showPayment(shop, ctx, payment, ctx.t('write-off-result', { kind: result.kind }))
  })
  undoWriteOff.handle(feature, async (ctx, { payment }) => {
    const result = await shop.undoWriteOff(ctx.actor, payment)
    if (result.kind === 'forbidden') return showView(ctx, forbiddenView(ctx.t))
    await showPayment(shop, ctx, payment, ctx.t('undo-write-off-result', { kind: result.kind }))
  })
}

async function showPage(
  shop: PaymentsShop,
  ctx: AdminContext,
  olderThan: PaymentId | null,
  customer: CustomerId | null,
): Promise<void> {
  const seen = await shop.inspectPayments(ctx.actor, {
    ...(olderThan ? { olderThan } : {}),
    ...(customer ? { customerId: customer } : {}),
  })
  await showSeen(ctx, seen, (found) => paymentsView(ctx.t, found, { customer, isNewest: olderThan === null }))
}

async function showPayment(shop: PaymentsShop, ctx: AdminContext, id: PaymentId, note: string | null): Promise<void> {
  const seen = await shop.inspectPayment(ctx.actor, id)
  await showSeen(ctx, seen, (payment) => paymentView(ctx.t, payment, note))
}
