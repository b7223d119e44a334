import type { Translator, View } from '@vpn-kiosk/telegram'

const minuteMs = 60_000
/** Longer ones are told in hours. */
const mostMinutes = 119

export const outageBeginsView = (t: Translator, since: Date): View => ({
  text: t('outage-begins', { since: t.dateTime(since) }),
})

export function outageEndsView(t: Translator, lastedMs: number): View {
  const minutes = Math.max(1, Math.round(lastedMs / minuteMs))
  const lasted =
    minutes > mostMinutes ? t('outage-hours', { hours: Math.round(minutes / 60) }) : t('outage-minutes', { minutes })
  return { text: t('outage-ends', { lasted }) }
}
