import { type CustomerId, type HappyHours, minuteMs } from '@vpn-kiosk/domain'
import type { DiscountSettings } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../customers/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openSettings } from '../settings/callbacks.ts'
import { askHours, askWinBack, chooseGroup, dropHours, openDiscounts, openGroups } from './callbacks.ts'
import { writeHours } from './hours-word.ts'

interface Shown {
  readonly zone: string
  readonly note: string | null
}

export const discountsView = (
  t: Translator,
  { happyHours, groups, winBack }: DiscountSettings,
  { zone, note }: Shown,
): View => ({
  text: [
    note ?? '',
    t('discounts-title'),
    [
      t('discounts-hours', { count: happyHours.length, zone }),
      ...happyHours.map((hours) => `• ${hoursOf(t, hours)}`),
    ].join('\n'),
    t('discounts-win-back', { percent: winBack.percent, days: winBack.days }),
    t('discounts-personal', { count: groups.length }),
  ]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [
    [askHours.button(t.plain('discounts-add-hours'), {})],
    ...happyHours.map((hours) => [
      dropHours.button(t.plain('discounts-drop', { hours: hoursOf(t, hours) }), { hours: writeHours(hours) }, 'danger'),
    ]),
    [askWinBack.button(t.plain('discounts-set-win-back'), {})],
    [openGroups.button(t.plain('groups-open'), {})],
    [openSettings.button(t.plain('menu-settings'), {})],
  ],
})

/** `Fri, Sat, Sun 18:00–22:00: 20%` */
function hoursOf(t: Translator, { weekdays, fromMinute, untilMinute, percent }: HappyHours): string {
  const names = weekdays.map((day) => t.plain('discounts-weekday', { day }))
  const days = weekdays.length === 7 ? t.plain('discounts-every-day') : names.join(', ')
  return t.plain('discounts-hours-line', { days, from: clock(fromMinute), until: clock(untilMinute), percent })
}

const clock = (minute: number): string => new Date(minute * minuteMs).toISOString().slice(11, 16)

export const askingView = (t: Translator, what: 'hours' | 'win-back', problem: string | null = null): View => ({
  text: [problem ? t('discounts-refused', { kind: problem }) : '', t(`discounts-ask-${what}`)]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [[openDiscounts.button(t.plain('cancel'), {})], menuRow(t)],
})

export const askingDiscountView = (t: Translator, customer: CustomerId, problem: string | null = null): View => ({
  text: [problem ? t('discounts-refused', { kind: problem }) : '', t('discounts-ask-personal')]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [
    [chooseGroup.button(t.plain('groups-open'), { customer })],
    [openCustomer.button(t.plain('back'), { customer })],
    menuRow(t),
  ],
})
