import type { Customer } from '@vpn-kiosk/domain'
import type { Policy, SubscriptionSummary } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { statusLine } from '../subscription/views.ts'

type MenuKeyboard = View['keyboard']

/** The menu's screen; `hello` replaces its title right after `/start`. */
export const menuView = (
  t: Translator,
  data: { readonly summary: SubscriptionSummary | null; readonly keyboard: MenuKeyboard; readonly hello?: string },
): View => ({
  text: `${data.hello ?? t('menu-title')}\n\n${statusLine(t, data.summary)}`,
  keyboard: data.keyboard,
})

/** Who never had anything is offered the trial; the verb has the last word when it is pressed. */
export const isTrialOffered = (
  policy: Pick<Policy, 'trialDays'>,
  customer: Pick<Customer, 'isTrialUsed'>,
  summary: SubscriptionSummary | null,
): boolean => policy.trialDays > 0 && !customer.isTrialUsed && (summary === null || summary.standing === 'none')
