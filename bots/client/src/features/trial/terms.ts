import type { TrialTerms } from '@vpn-kiosk/shop'
import type { Translator } from '@vpn-kiosk/telegram'

/** The button of a trial, with what it costs where it costs something. */
export const trialLabel = (t: Translator, { days, price }: TrialTerms): string =>
  price ? t.plain('menu-trial-paid', { days, price: t.money(price) }) : t.plain('menu-trial', { days })

/** What a trial gives, said before it begins. */
export const trialTerms = (t: Translator, { days, trafficLimitBytes, deviceLimit, price }: TrialTerms): string =>
  t(price ? 'trial-terms-paid' : 'trial-terms', {
    price: price ? t.money(price) : '',
    days,
    devices: deviceLimit,
    traffic:
      trafficLimitBytes === null
        ? t.plain('trial-unlimited')
        : t.plain('trial-traffic', { traffic: t.bytes(trafficLimitBytes) }),
  })
