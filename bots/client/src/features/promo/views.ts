import type { RedeemPromoResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openBalance } from '../balance/callbacks.ts'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { askPromo } from './callbacks.ts'

export const askView = (t: Translator): View => ({ text: t('promo-ask'), keyboard: [[menuButton(t)]] })

export function redeemedView(t: Translator, result: RedeemPromoResult): View {
  switch (result.kind) {
    case 'days': {
      const until = result.endsAt ? t.date(result.endsAt) : ''
      return {
        text: t('promo-days', { days: result.days, until }),
        keyboard: [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
      }
    }
    case 'balance':
      return {
        text: t('promo-balance', { amount: t.money(result.amount) }),
        keyboard: [[openBalance.button(t.plain('balance-open'), {})], [menuButton(t)]],
      }
    case 'unknown':
      return { text: t('promo-refused', { kind: result.kind }), keyboard: again(t) }
    case 'over':
    case 'used_up':
    case 'already_used':
    case 'newcomers_only':
    case 'banned':
      return {
        text: t('promo-refused', { kind: result.kind }),
        keyboard: [[openSupport.button(t.plain('menu-support'), {})], [menuButton(t)]],
      }
  }
}

const again = (t: Translator): Keyboard => [[askPromo.button(t.plain('promo-again'), {})], [menuButton(t)]]
