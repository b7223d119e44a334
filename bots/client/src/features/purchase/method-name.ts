import { type ProviderId, textIn } from '@vpn-kiosk/domain'
import type { PaymentMethod } from '@vpn-kiosk/shop'
import type { Translator } from '@vpn-kiosk/telegram'

/** A provider that no locale knows yet is called by its id. */
export const providerLabel = (t: Translator, id: ProviderId): string =>
  t.has(`provider-${id}`) ? t.plain(`provider-${id}`) : id

/** In the shop's own words where it has any, and with the percentage on top of the plan's price. */
export function methodName(t: Translator, { provider, percent, title }: Omit<PaymentMethod, 'amount'>): string {
  const name = textIn(title, t.language) || providerLabel(t, provider)
  return percent === 0 ? name : t.plain('pay-percent', { name, percent: signed(percent) })
}

const signed = (percent: number): string => (percent > 0 ? `+${percent}` : `−${-percent}`)
