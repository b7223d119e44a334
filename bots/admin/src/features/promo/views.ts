import { addMs, type Plan, type PromoGift, textIn } from '@vpn-kiosk/domain'
import type { PromoBatch, PromoDraft, PromoFile, PromoLine } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import {
  askBatchStop,
  askPromoStop,
  createPromo,
  exportPromoBatch,
  openPromos,
  stopPromo,
  stopPromoBatch,
} from './callbacks.ts'
import type { ReadPromo } from './read-promo.ts'

interface Promos {
  readonly lines: readonly PromoLine[]
  readonly batches: readonly PromoBatch[]
  readonly plans: readonly Plan[]
  readonly note: string | null
}

export const promosView = (t: Translator, { lines, batches, plans, note }: Promos): View => ({
  text: [
    note ?? '',
    t('promo-title', { count: lines.length + batches.length }),
    ...lines.map((line) => lineOf(t, line, plans)),
    ...batches.map((batch) => t('promo-batch', { name: nameOf(t, batch), at: t.date(batch.createdAt) })),
    t('promo-how'),
  ]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [
    ...lines.map(({ code }) => [askPromoStop.button(t.plain('promo-stop', { code }), { code })]),
    ...batches.map((batch) => [
      exportPromoBatch.button(t.plain('promo-file', { name: nameOf(t, batch) }), { batch: batch.id }),
      askBatchStop.button(t.plain('promo-stop', { code: nameOf(t, batch) }), { batch: batch.id }),
    ]),
    menuRow(t),
  ],
})

/** What stopping does, before anybody presses. */
export const stopView = (t: Translator, of: { readonly code: string } | PromoBatch): View => ({
  text: t('promo-stop-ask', { code: 'code' in of ? of.code : nameOf(t, of) }),
  keyboard: [
    [
      'code' in of
        ? stopPromo.button(t.plain('promo-stop-yes'), { code: of.code }, 'danger')
        : stopPromoBatch.button(t.plain('promo-stop-yes'), { batch: of.id }, 'danger'),
    ],
    [openPromos.button(t.plain('back'), {}), ...menuRow(t)],
  ],
})

/** `200 × SPRING-…` */
const nameOf = (t: Translator, { count, prefix }: Pick<PromoBatch, 'count' | 'prefix'>): string =>
  t.plain('promo-batch-name', { count, prefix: `${prefix}…` })

function lineOf(t: Translator, line: PromoLine, plans: readonly Plan[]): string {
  const uses = line.mostUses === null ? String(line.uses) : `${line.uses} / ${line.mostUses}`
  const head = t('promo-line', { code: line.code, gift: giftOf(t, line.gift), uses })
  return [head, ...limitsOf(t, line, plans)].join(' · ')
}

/** What a code gives, in words. */
function giftOf(t: Translator, gift: PromoGift): string {
  if (gift.kind === 'days') return t.plain('promo-days', { days: gift.days })
  if (gift.kind === 'balance') return t.plain('promo-balance', { amount: t.money(gift.amount) })
  const { size } = gift
  const off = size.kind === 'percent' ? t.plain('promo-percent', { percent: size.percent }) : t.money(size.amount)
  return t.plain('promo-off', { off })
}

type Limits = Pick<PromoDraft, 'mostUsesEach' | 'isForNewcomers' | 'plans' | 'startsAt' | 'endsAt'>

function limitsOf(t: Translator, limits: Limits, plans: readonly Plan[]): string[] {
  const titles = limits.plans?.map((id) => {
    const plan = plans.find((one) => one.id === id)
    return plan ? textIn(plan.title, t.language) : '—'
  })
  return [
    ...(limits.mostUsesEach > 1 ? [t('promo-each', { count: limits.mostUsesEach })] : []),
    ...(limits.isForNewcomers ? [t('promo-newcomers')] : []),
    ...(titles ? [t('promo-plans', { titles: titles.join(', ') })] : []),
    ...(limits.startsAt ? [t('promo-from', { at: t.date(limits.startsAt) })] : []),
    ...(limits.endsAt ? [t('promo-until', { at: t.date(lastMomentOf(limits.endsAt)) })] : []),
  ]
}

/** A code ends with the midnight after its last day. */
const lastMomentOf = (endsAt: Date): Date => addMs(endsAt, -1)

/** What a line was understood to mean; nothing is made yet. */
export function confirmView(
  t: Translator,
  { draft, many }: ReadPromo & { readonly kind: 'draft' },
  { plans, request }: { readonly plans: readonly Plan[]; readonly request: string },
): View {
  const name =
    many === null
      ? t('promo-confirm', { code: draft.code ?? '' })
      : t('promo-confirm-many', { count: many, prefix: draft.code ?? '' })
  const facts = [
    giftOf(t, draft.gift),
    draft.mostUses === null ? t('promo-any-uses') : t('promo-uses', { count: draft.mostUses }),
    ...(draft.mostUsesEach === 1 ? [t('promo-each', { count: 1 })] : []),
    ...limitsOf(t, draft, plans),
    ...(draft.gift.kind === 'discount' ? [t('promo-rule')] : []),
  ]
  return {
    text: [name, facts.map((fact) => `• ${fact}`).join('\n')].join('\n\n'),
    keyboard: [
      [createPromo.button(t.plain('promo-make'), { request }, 'success')],
      [openPromos.button(t.plain('cancel'), {})],
    ],
  }
}

/** `username`: of the client bot; null until it has started once. */
export const createdView = (t: Translator, code: string, username: string | null): View => ({
  text: [
    t('promo-created', { code }),
    ...(username ? [t('promo-link', { link: `https://t.me/${username}?start=promo_${code}` })] : []),
  ].join('\n\n'),
  keyboard: [[openPromos.button(t.plain('promo-all'), {})], menuRow(t)],
})

export const promoFileView = (t: Translator, { name, body }: PromoFile): View => ({
  text: t('promo-file-text'),
  document: { name, body },
  keyboard: [[openPromos.button(t.plain('promo-all'), {})], menuRow(t)],
})

/** `read`: what was not understood; null where nothing was written. */
export const wrongView = (t: Translator, read: Exclude<ReadPromo, { kind: 'draft' }> | null): View => ({
  text: [
    ...(read ? [t('promo-wrong', { kind: read.kind, word: read.kind === 'word' ? read.word : '' })] : []),
    t('promo-how'),
  ].join('\n\n'),
  keyboard: [[openPromos.button(t.plain('promo-all'), {})], menuRow(t)],
})
