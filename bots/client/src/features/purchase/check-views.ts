import { type CancelReason, money, type PlanId, type WrittenMoney } from '@vpn-kiosk/domain'
import type { CheckPaymentResult, ShownInvoice, SubscriptionSummary } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { addonName } from '../addons/addon-name.ts'
import { openAddons } from '../addons/callbacks.ts'
import { openBalance } from '../balance/callbacks.ts'
import { chooseGift, listGifts, openGifts } from '../gift/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { choosePlan, openPlans } from './callbacks.ts'
import { soldTitle } from './views.ts'

/** What "check payment" found: a new screen, or words over the invoice that stays where it is. */
export type CheckOutcome =
  | { readonly kind: 'screen'; readonly view: View; readonly alert?: string }
  | { readonly kind: 'alert'; readonly text: string }

/** A reason in human words; one that no locale knows reads as `unknown`. */
const reasonKey = (t: Translator, reason: string): string =>
  t.has(`reason-${reason}`) ? `reason-${reason}` : 'reason-unknown'

/** `summary` is how the subscription stands after the check. */
export function checkOutcome(
  t: Translator,
  result: CheckPaymentResult,
  summary: SubscriptionSummary | null,
): CheckOutcome {
  switch (result.kind) {
    case 'pending':
      return { kind: 'alert', text: t.plain('check-pending') }
    case 'provider_unavailable':
      return { kind: 'alert', text: t.plain('check-unavailable') }
    case 'settled':
    case 'already_settled':
      return { kind: 'screen', view: paidViewOf(t, result, summary) }
    case 'canceled':
      return canceledOutcome(t, result.reason, {
        planId: result.planId ?? null,
        isGift: result.isGift ?? false,
        isAddon: result.addon != null,
      })
    case 'mismatch':
      return { kind: 'screen', view: mismatchView(t) }
    case 'unknown_payment':
      return { kind: 'screen', view: unknownView(t) }
  }
}

function paidViewOf(
  t: Translator,
  { isTopUp, isGift, addon }: CheckPaymentResult,
  summary: SubscriptionSummary | null,
): View {
  if (addon) return { text: t('addon-paid', { what: addonName(t, addon) }), keyboard: withSubscription(t) }
  if (isGift) return { text: t('gift-paid'), keyboard: withGifts(t) }
  return isTopUp ? toppedUpView(t) : paidView(t, summary)
}

const withSubscription = (t: Translator): Keyboard => [
  [openSubscription.button(t.plain('menu-subscription'), {})],
  [menuButton(t)],
]

const withGifts = (t: Translator): Keyboard => [
  [listGifts.button(t.plain('gift-mine'), { olderThan: null })],
  [menuButton(t)],
]

/** What an invoice was for. */
interface Wanted {
  readonly planId: PlanId | null
  readonly isGift?: boolean
  readonly isAddon?: boolean
}

/** An expired invoice has no other word; any other end is also told as a notification that stays, so here it is brief. */
function canceledOutcome(t: Translator, reason: CancelReason, wanted: Wanted): CheckOutcome {
  if (reason === 'expired') return { kind: 'screen', view: canceledView(t, reason, wanted) }
  const keyboard = [...tryAgain(t, wanted), [menuButton(t)]]
  return {
    kind: 'screen',
    view: { text: t('check-closed'), keyboard },
    alert: `${t.plain('check-closed-alert')}\n\n${t.plain(reasonKey(t, reason))}`,
  }
}

/** Says of the key what is true: that it works already, or that a message follows. */
function paidView(t: Translator, summary: SubscriptionSummary | null): View {
  const isReady = summary?.standing === 'active' && !summary.isPreparing
  const until = summary?.endsAt ? t.date(summary.endsAt) : ''
  return {
    text: isReady ? t('check-delivered', { until }) : t('check-paid'),
    keyboard: [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
  }
}

const toppedUpView = (t: Translator): View => ({
  text: t('check-topped-up'),
  keyboard: [[openBalance.button(t.plain('balance-open'), {})], [menuButton(t)]],
})

/** The same plan again, in one tap; a top-up has none and leads back to the balance. */
const tryAgain = (t: Translator, { planId, isGift, isAddon }: Wanted): Keyboard =>
  isAddon
    ? [[openAddons.button(t.plain('check-again'), {}, 'primary')]]
    : planId
      ? [
          [(isGift ? chooseGift : choosePlan).button(t.plain('check-again'), { plan: planId }, 'primary')],
          [(isGift ? openGifts : openPlans).button(t.plain('check-other-plan'), {})],
        ]
      : [[openBalance.button(t.plain('check-again'), {})]]

/** What the message of an invoice says once there is nothing more to pay by it. */
export function endedInvoiceView(t: Translator, shown: ShownInvoice): View {
  if (shown.state === 'mismatch')
    return { ...mismatchView(t), text: t('invoice-mismatch', { title: soldTitle(t, shown) }) }
  const isAddon = shown.addon != null
  if (!shown.isOrderPaid) return canceledView(t, shown.reason ?? 'expired', { ...shown, isAddon })
  const key = shown.state === 'paid' ? 'invoice-paid' : 'invoice-not-needed'
  const title = soldTitle(t, shown)
  if (isAddon) return { text: t(key, { title }), keyboard: withSubscription(t) }
  if (shown.isGift) return { text: t(key, { title }), keyboard: withGifts(t) }
  return {
    text: t(key, { title }),
    keyboard: [
      [shown.planTitle ? openKey.button(t.plain('menu-key'), {}) : openBalance.button(t.plain('balance-open'), {})],
      [menuButton(t)],
    ],
  }
}

export const canceledView = (t: Translator, reason: string, wanted: Wanted): View => ({
  text: `${t('check-canceled')}\n\n${t(reasonKey(t, reason))}`,
  keyboard: [...tryAgain(t, wanted), [openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
})

/** `sums` where it is known that another sum came than was asked. */
export const mismatchView = (
  t: Translator,
  sums?: { readonly asked: WrittenMoney; readonly received: WrittenMoney },
): View => ({
  text: t('check-mismatch', {
    sums: sums
      ? t.plain('mismatch-sums', { asked: t.money(readMoney(sums.asked)), received: t.money(readMoney(sums.received)) })
      : '',
  }),
  keyboard: [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
})

const readMoney = ({ minor, currency }: WrittenMoney) => money(BigInt(minor), currency)

const unknownView = (t: Translator): View => ({
  text: t('check-unknown'),
  keyboard: [[openPlans.button(t.plain('menu-buy'), {})], [menuButton(t)]],
})
