import type { PromoLine } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openPromos, stopPromo } from './callbacks.ts'

export const promosView = (t: Translator, lines: readonly PromoLine[], note: string | null): View => ({
  text: [note ?? '', t('promo-title', { count: lines.length }), ...lines.map((line) => lineOf(t, line)), t('promo-how')]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [
    ...lines.map(({ code }) => [stopPromo.button(t.plain('promo-stop', { code }), { code }, 'danger')]),
    menuRow(t),
  ],
})

function lineOf(t: Translator, line: PromoLine): string {
  const gift = line.amount ? t.money(line.amount) : t.plain('promo-days', { days: line.days })
  const uses = line.mostUses === null ? String(line.uses) : `${line.uses} / ${line.mostUses}`
  const limits = [
    ...(line.isForNewcomers ? [t.plain('promo-newcomers')] : []),
    ...(line.endsAt ? [t.plain('promo-until', { at: t.dateTime(line.endsAt) })] : []),
  ]
  return [t('promo-line', { code: line.code, gift, uses }), ...limits].join(' · ')
}

/** `username`: of the client bot; null until it has started once. */
export const createdView = (t: Translator, code: string, username: string | null): View => ({
  text: [
    t('promo-created', { code }),
    ...(username ? [t('promo-link', { link: `https://t.me/${username}?start=promo_${code}` })] : []),
  ].join('\n\n'),
  keyboard: [[openPromos.button(t.plain('promo-all'), {})], menuRow(t)],
})

export const wrongView = (t: Translator): View => ({
  text: t('promo-how'),
  keyboard: [[openPromos.button(t.plain('promo-all'), {})], menuRow(t)],
})
