import type { CancelReason } from '@vpn-kiosk/domain'
import type { CheckPaymentResult } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { openPlans } from './callbacks.ts'

/** What "check payment" found: a new screen, or words over the invoice that stays where it is. */
export type CheckOutcome =
  | { readonly kind: 'screen'; readonly view: View; readonly alert?: string }
  | { readonly kind: 'alert'; readonly text: string }

/** A reason in human words; one that no locale knows reads as `unknown`. */
const reasonKey = (t: Translator, reason: string): string =>
  t.has(`reason-${reason}`) ? `reason-${reason}` : 'reason-unknown'

export function checkOutcome(t: Translator, result: CheckPaymentResult): CheckOutcome {
  switch (result.kind) {
    case 'pending':
      return { kind: 'alert', text: t.plain('check-pending') }
    case 'provider_unavailable':
      return { kind: 'alert', text: t.plain('check-unavailable') }
    case 'settled':
    case 'already_settled':
      return { kind: 'screen', view: paidView(t) }
    case 'canceled':
      return canceledOutcome(t, result.reason)
    case 'mismatch':
      return { kind: 'screen', view: mismatchView(t) }
    case 'unknown_payment':
      return { kind: 'screen', view: unknownView(t) }
  }
}

/** An expired invoice has no other word; any other end is also told as a notice that stays, so here it is brief. */
function canceledOutcome(t: Translator, reason: CancelReason): CheckOutcome {
  if (reason === 'expired') return { kind: 'screen', view: canceledView(t, reason) }
  const keyboard = [[openPlans.button(t.plain('check-again'), {})], [menuButton(t)]]
  return {
    kind: 'screen',
    view: { text: t('check-closed'), keyboard },
    alert: `${t.plain('check-closed-alert')}\n\n${t.plain(reasonKey(t, reason))}`,
  }
}

const paidView = (t: Translator): View => ({
  text: t('check-paid'),
  keyboard: [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
})

export const canceledView = (t: Translator, reason: string): View => ({
  text: `${t('check-canceled')}\n\n${t(reasonKey(t, reason))}`,
  keyboard: [
    [openPlans.button(t.plain('check-again'), {})],
    [openSupport.button(t.plain('menu-support'), {})],
    [menuButton(t)],
  ],
})

export const mismatchView = (t: Translator): View => ({
  text: t('check-mismatch'),
  keyboard: [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
})

const unknownView = (t: Translator): View => ({
  text: t('check-unknown'),
  keyboard: [[openPlans.button(t.plain('menu-buy'), {})], [menuButton(t)]],
})
