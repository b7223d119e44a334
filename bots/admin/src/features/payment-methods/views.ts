import { type Language, readMethodId } from '@vpn-kiosk/domain'
import type { StaffPaymentMethod } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { providerName } from '../payments/views.ts'
import { openSettings } from '../settings/callbacks.ts'
import { askMethodField, moveMethod, offerMethod, openMethod, openMethods } from './callbacks.ts'

export type MethodField = 'percent' | `title-${Language}`

export const titleLanguageOf = (field: MethodField): Language | null =>
  field === 'percent' ? null : field.slice('title-'.length)

export const methodFieldsIn = (languages: readonly Language[]): readonly MethodField[] => [
  'percent',
  ...languages.map((language) => `title-${language}` as const),
]

const marks = { on: '🟢', off: '🙈', down: '🔴', absent: '🔴' } as const

const stateOf = ({ isOffered, isInAccount, health }: StaffPaymentMethod): keyof typeof marks =>
  !isOffered ? 'off' : health?.hiddenAt ? 'down' : isInAccount ? 'on' : 'absent'

const signed = (percent: number): string => (percent < 0 ? `−${-percent}` : `+${percent}`)

const nameOf = (t: Translator, { id, isWhole }: StaffPaymentMethod): string => {
  const { provider, method } = readMethodId(id)
  const name = providerName(t, provider, method)
  return isWhole ? t.plain('method-whole', { name }) : name
}

const lineOf = (t: Translator, method: StaffPaymentMethod): string => {
  const name = `${marks[stateOf(method)]} ${nameOf(t, method)}`
  return method.percent === 0 ? name : `${name} · ${signed(method.percent)}%`
}

/** Every way to pay, in the order in which customers see them. */
export function methodsView(t: Translator, methods: readonly StaffPaymentMethod[]): View {
  return {
    text: t('methods-title', { count: methods.length }),
    keyboard: [
      ...methods.map((method) => [openMethod.button(bounded(lineOf(t, method), 60), { id: method.id })]),
      [openSettings.button(t.plain('back'), {}), ...menuRow(t)],
    ],
  }
}

export function methodView(
  t: Translator,
  methods: readonly StaffPaymentMethod[],
  method: StaffPaymentMethod,
  note: string | null,
): View {
  const { id, isOffered, currencies, percent } = method
  const place = methods.indexOf(method)
  const lines = [
    t('method-title', { name: nameOf(t, method) }),
    t('method-state', { state: stateOf(method) }),
    ...healthLines(t, method),
    t('method-place', { place: place + 1, count: methods.length }),
    t('method-currencies', { currencies: currencies.join(', ') }),
    t('method-percent', { percent: percent === 0 ? 'none' : signed(percent) }),
    ...t.languages.flatMap((language) => {
      const title = method.title[language]
      return title ? [t('method-name', { language: t.languageName(language), title })] : []
    }),
  ]
  const moving = [
    ...(place > 0 ? [moveMethod.button('⬆️', { id, place: place - 1 })] : []),
    ...(place < methods.length - 1 ? [moveMethod.button('⬇️', { id, place: place + 1 })] : []),
  ]
  return {
    text: [note ?? '', lines.join('\n'), t('method-hint')].filter(Boolean).join('\n\n'),
    keyboard: [
      ...(moving.length > 0 ? [moving] : []),
      [offerMethod.button(t.plain(isOffered ? 'method-hide' : 'method-offer'), { id, on: !isOffered })],
      ...methodFieldsIn(t.languages).map((field) => [
        askMethodField.button(said(t, 'method-field', field), { id, field }),
      ]),
      [openMethods.button(t.plain('back'), {}), ...menuRow(t)],
    ],
  }
}

const healthLines = (t: Translator, { health }: StaffPaymentMethod): string[] => {
  if (!health?.probedAt) return []
  const at = t.dateTime(health.probedAt)
  return [health.said === null ? t('method-well', { at }) : t('method-failed', { at, said: bounded(health.said, 300) })]
}

/** A field's label or question; a name's says its language. */
function said(t: Translator, key: string, field: MethodField): string {
  const language = titleLanguageOf(field)
  return language ? t.plain(`${key}-title`, { language: t.languageName(language) }) : t.plain(`${key}-percent`)
}

export function methodFieldView(
  t: Translator,
  method: StaffPaymentMethod,
  field: MethodField,
  problem: string | null,
): View {
  const language = titleLanguageOf(field)
  const value = language ? method.title[language] || '—' : String(method.percent)
  return {
    text: [problem ?? '', said(t, 'method-ask', field), t('field-now', { value })].filter(Boolean).join('\n\n'),
    keyboard: [[openMethod.button(t.plain('cancel'), { id: method.id })]],
  }
}
