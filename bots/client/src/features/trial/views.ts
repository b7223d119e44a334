import type { Limits } from '@vpn-kiosk/domain'
import type { StartTrialResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { openSupport } from '../support/callbacks.ts'
import { takeTrial } from './callbacks.ts'

export function trialView(t: Translator, result: Exclude<StartTrialResult, { kind: 'costs' }>): View {
  const buy: Keyboard = [[openPlans.button(t.plain('menu-buy'), {})], [menuButton(t)]]
  switch (result.kind) {
    case 'started':
      return {
        text: t('trial-started', {
          days: result.days,
          until: t.dateTime(result.endsAt),
          limits: limitsOf(t, result.limits),
        }),
        keyboard: [[openKey.button(t.plain('menu-key'), {})], [menuButton(t)]],
      }
    case 'already_used':
      return { text: t('trial-used'), keyboard: buy }
    case 'already_customer':
      return { text: t('trial-customer'), keyboard: buy }
    case 'not_offered':
      return { text: t('trial-not-offered'), keyboard: buy }
    case 'banned':
      return { text: t('banned'), keyboard: [[openSupport.button(t.plain('menu-support'), {})]] }
  }
}

/** What the trial holds is said before it runs out. */
const limitsOf = (t: Translator, { trafficLimitBytes, deviceLimit: devices }: Limits): string => {
  const traffic =
    trafficLimitBytes === null
      ? t.plain('trial-unlimited')
      : t.plain('trial-traffic', { traffic: t.bytes(trafficLimitBytes) })
  return t.plain('trial-limits', { traffic, devices })
}

/** Nobody can be served now: the trial waits until somebody can. */
export const noRoomView = (t: Translator): View => ({
  text: t('trial-no-room'),
  keyboard: [
    [takeTrial.button(t.plain('trial-again'), {}, 'primary')],
    [openSupport.button(t.plain('menu-support'), {})],
    [menuButton(t)],
  ],
})
