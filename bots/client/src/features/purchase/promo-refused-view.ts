import type { PlanId } from '@vpn-kiosk/domain'
import type { PromoRefusal } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuButton } from '../menu/callbacks.ts'
import { dropPromo } from '../promo/callbacks.ts'
import { choosePlan } from './callbacks.ts'

/** Nothing was made: the price has changed, or its code is in an invoice that may still be paid. */
export const promoRefusedView = (
  t: Translator,
  refusal: PromoRefusal,
  { planId: plan, again = choosePlan }: { readonly planId: PlanId; readonly again?: typeof choosePlan },
): View => {
  const isHeld = refusal.kind === 'code_in_invoice'
  return {
    text: isHeld ? codeText(t, refusal.until) : t('price-changed'),
    keyboard: [
      [again.button(t.plain('price-again'), { plan }, 'primary')],
      ...(isHeld ? [[dropPromo.button(t.plain('price-without-code'), { plan })]] : []),
      [menuButton(t)],
    ],
  }
}

const codeText = (t: Translator, until: Date | null): string =>
  until ? t('code-in-invoice', { until: t.dateTime(until) }) : t('code-in-old-invoice')
