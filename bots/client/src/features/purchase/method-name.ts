import { type MethodOf, methodIdOf, textIn } from '@vpn-kiosk/domain'
import type { PaymentMethod } from '@vpn-kiosk/shop'
import type { Translator } from '@vpn-kiosk/telegram'

/** A way to pay that no locale knows yet is called by its id. */
export function methodLabel(t: Translator, of: MethodOf): string {
  const key = of.method === undefined ? `provider-${of.provider}` : `provider-${of.provider}-${of.method}`
  return t.has(key) ? t.plain(key) : methodIdOf(of)
}

/** In the shop's own words where it has any, and with the percentage on top of the plan's price. */
export function methodName(t: Translator, { percent, title, ...of }: Omit<PaymentMethod, 'amount'>): string {
  const name = textIn(title, t.language) || methodLabel(t, of)
  return percent === 0 ? name : t.plain('pay-percent', { name, percent: signed(percent) })
}

const signed = (percent: number): string => (percent > 0 ? `+${percent}` : `−${-percent}`)
