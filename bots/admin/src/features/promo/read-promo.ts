import { type Currency, moneyFromDecimal, type PromoGift } from '@vpn-kiosk/domain'
import type { PromoDraft } from '@vpn-kiosk/shop'

/**
 * Reads a code written in a line: `WINTER 7d x100 2026-12-31 new` or `300 x1`. Days end in `d` or its Russian letter,
 * money is a bare amount in the shop's currency; the code itself may be left out. Null when it is none.
 */
export function readPromo(text: string, currency: Currency, endOf: (day: string) => Date | null): PromoDraft | null {
  const draft: { -readonly [K in keyof PromoDraft]: PromoDraft[K] | undefined } = {
    code: undefined,
    gift: undefined,
    mostUses: undefined,
    isForNewcomers: undefined,
    endsAt: undefined,
  }
  for (const word of text.trim().split(/\s+/)) {
    const read = readWord(word, currency, endOf)
    if (!read) return null
    const [field, value] = read
    if (draft[field] !== undefined) return null
    Object.assign(draft, { [field]: value })
  }
  const { code = null, gift, mostUses = null, isForNewcomers = false, endsAt = null } = draft
  return gift ? { code, gift, mostUses, isForNewcomers, endsAt } : null
}

type Read = { readonly [K in keyof PromoDraft]: readonly [K, PromoDraft[K]] }[keyof PromoDraft]

function readWord(word: string, currency: Currency, endOf: (day: string) => Date | null): Read | null {
  const days = /^(\d{1,3})[d\u0434]$/i.exec(word)?.[1]
  if (days) return ['gift', { kind: 'days', days: Number(days) }]
  const uses = /^[x\u0445](\d{1,7})$/i.exec(word)?.[1]
  if (uses) return ['mostUses', Number(uses)]
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) {
    const end = endOf(word)
    return end ? ['endsAt', end] : null
  }
  if (/^(new|\u043d\u043e\u0432\u044b\u043c)$/i.test(word)) return ['isForNewcomers', true]
  if (/^\d+([.,]\d+)?$/.test(word)) {
    const gift = readAmount(word, currency)
    return gift ? ['gift', gift] : null
  }
  return word.length >= 3 ? ['code', word] : null
}

function readAmount(word: string, currency: Currency): PromoGift | null {
  try {
    return { kind: 'balance', amount: moneyFromDecimal(word.replace(',', '.'), currency) }
  } catch {
    return null
  }
}
