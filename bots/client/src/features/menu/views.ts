import type { SubscriptionSummary, TrialTerms } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { statusLine } from '../subscription/views.ts'
import { trialTerms } from '../trial/terms.ts'

type MenuKeyboard = View['keyboard']

export interface MenuScreen {
  readonly summary: SubscriptionSummary | null
  /** Null where none is offered. */
  readonly trial: TrialTerms | null
  readonly keyboard: MenuKeyboard
  /** Replaces the title right after `/start`. */
  readonly hello?: string | undefined
}

/** The menu's screen; a trial's limits are said beside its button. */
export const menuView = (t: Translator, { summary, trial, keyboard, hello }: MenuScreen): View => ({
  text: [hello ?? t('menu-title'), statusLine(t, summary), ...(trial ? [trialTerms(t, trial)] : [])].join('\n\n'),
  keyboard,
})
