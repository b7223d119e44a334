import type { TrialTerms } from '@vpn-kiosk/shop'
import type { Translator } from '@vpn-kiosk/telegram'

/** What a trial gives, said before it begins. */
export const trialTerms = (t: Translator, { days, trafficLimitBytes, deviceLimit }: TrialTerms): string =>
  t('trial-terms', {
    days,
    devices: deviceLimit,
    traffic:
      trafficLimitBytes === null
        ? t.plain('trial-unlimited')
        : t.plain('trial-traffic', { traffic: t.bytes(trafficLimitBytes) }),
  })
