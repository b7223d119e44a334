import type { LastChange, Settings } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openChannels } from '../channels/callbacks.ts'
import { openDiscounts } from '../discounts/callbacks.ts'
import { openInvitations } from '../invitations/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openMethods } from '../payment-methods/callbacks.ts'
import { openPlan } from '../plans/callbacks.ts'
import { openPromos } from '../promo/callbacks.ts'
import { openTerms } from '../terms/callbacks.ts'
import { askSetting, dropSetting, openSettings, type SettingField, sellWithoutRoom } from './callbacks.ts'

export function settingsView(t: Translator, settings: Settings, note: string | null): View {
  const { offer, shop, trial } = settings
  const offerLines = [
    t('settings-trial', { days: offer.trialDays }),
    ...(trial ? [t('settings-trial-size', { devices: trial.deviceLimit, traffic: trafficOf(t, trial) })] : []),
    t('settings-bonus', { days: offer.referralBonusDays }),
    t('settings-freeze', { days: offer.freezeDays, times: offer.freezesPerYear }),
    t('settings-grace', { hours: offer.graceHours }),
    t('settings-room', { sells: offer.sellsWithoutRoom ? 'yes' : 'no' }),
    ...lastChange(t, settings.offerChanged),
  ]
  const shopLines = [
    t('settings-name', { name: shop.name }),
    t('settings-logo', { has: shop.logoVersion ? 'yes' : 'no' }),
    ...lastChange(t, settings.shopChanged),
  ]
  return {
    text: [
      note ?? '',
      t('settings-title'),
      offerLines.join('\n'),
      shopLines.join('\n'),
      t('settings-zone', { zone: settings.timeZone }),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: buttonsOf(t, settings),
  }
}

const trafficOf = (t: Translator, { trafficLimitBytes }: NonNullable<Settings['trial']>): string =>
  trafficLimitBytes === null ? t.plain('plan-unlimited') : t.bytes(trafficLimitBytes)

const lastChange = (t: Translator, change: LastChange | null): string[] =>
  change ? [t('settings-changed', { by: change.by, name: change.name, at: t.dateTime(change.at) })] : []

function buttonsOf(t: Translator, { offer, trial }: Settings): Keyboard {
  const ask = (field: SettingField) => askSetting.button(t.plain(`settings-field-${field}`), { field })
  const isOn = offer.sellsWithoutRoom
  return [
    [ask('trialDays'), ...(trial ? [openPlan.button(t.plain('settings-trial-plan'), { plan: trial.planId })] : [])],
    [ask('referralBonusDays'), openInvitations.button(t.plain('invitations-open'), {})],
    [ask('graceHours'), ask('freezeDays'), ...(offer.freezeDays > 0 ? [ask('freezesPerYear')] : [])],
    [sellWithoutRoom.button(t.plain(isOn ? 'settings-room-close' : 'settings-room-sell'), { on: !isOn })],
    [ask('name'), ask('logo')],
    [openMethods.button(t.plain('settings-methods'), {}), openChannels.button(t.plain('channels-open'), {})],
    [openDiscounts.button(t.plain('discounts-open'), {}), openPromos.button(t.plain('promo-open'), {})],
    [openTerms.button(t.plain('terms-open'), {})],
    menuRow(t),
  ]
}

function nowOf(t: Translator, { offer, shop }: Settings, field: SettingField): string {
  switch (field) {
    case 'trialDays':
    case 'referralBonusDays':
    case 'freezeDays':
    case 'freezesPerYear':
    case 'graceHours':
      return String(offer[field])
    case 'name':
      return shop.name
    case 'logo':
      return t.plain('settings-logo-is', { has: shop.logoVersion ? 'yes' : 'no' })
  }
}

export function askingView(t: Translator, settings: Settings, field: SettingField, problem: string | null): View {
  const isDroppable = field === 'name' || (field === 'logo' && settings.shop.logoVersion !== null)
  return {
    text: [problem ?? '', t(`settings-ask-${field}`), t('field-now', { value: nowOf(t, settings, field) })]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...(isDroppable && (field === 'name' || field === 'logo')
        ? [[dropSetting.button(t.plain(`settings-drop-${field}`), { field })]]
        : []),
      [openSettings.button(t.plain('cancel'), {})],
    ],
  }
}
