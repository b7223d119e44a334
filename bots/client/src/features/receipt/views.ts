import type { ReceiptEmail, SaveReceiptEmailResult } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { openBalance } from '../balance/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { forgetEmail } from './callbacks.ts'

/** Before the first invoice of a shop that must send receipts. */
export const askEmailView = (t: Translator): View => ({
  text: t('receipt-ask'),
  keyboard: [[openPlans.button(t.plain('back'), {})], [menuButton(t)]],
})

export const receiptsView = (t: Translator, { email, isNeeded }: ReceiptEmail): View => ({
  text: email ? t('receipt-email', { email }) : t(isNeeded ? 'receipt-none-yet' : 'receipt-not-needed'),
  keyboard: [
    ...(email ? [[forgetEmail.button(t.plain('receipt-forget'), {})]] : []),
    [openBalance.button(t.plain('balance-open'), {})],
    [menuButton(t)],
  ],
})

export const forgottenView = (t: Translator): View => ({ text: t('receipt-forgotten'), keyboard: [[menuButton(t)]] })

/** `next`: the data of the button that goes on with what was begun. */
export function savedView(t: Translator, result: SaveReceiptEmailResult, next: string | null): View {
  switch (result.kind) {
    case 'saved': {
      const goOn = next === null ? [] : [[{ text: t.plain('receipt-go-on'), callback_data: next }]]
      return { text: t('receipt-saved', { email: result.email }), keyboard: [...goOn, [menuButton(t)]] }
    }
    case 'invalid_email':
      return { text: t('receipt-invalid'), keyboard: [[menuButton(t)]] }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}
