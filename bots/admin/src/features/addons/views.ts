import { moneyToDecimal } from '@vpn-kiosk/domain'
import type { StaffAddon } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openPlans } from '../plans/callbacks.ts'
import { addonName } from './addon-name.ts'
import { askAddonPrice, openAddon, openAddons, sellAddon, startAddon } from './callbacks.ts'
import type { AddonDialog, AddonField } from './dialogs.ts'

const markOf = ({ isActive }: StaffAddon): string => (isActive ? '🟢' : '🙈')

export const addonsView = (t: Translator, addons: readonly StaffAddon[]): View => ({
  text: t('addons-title', { count: addons.length }),
  keyboard: [
    ...addons.map((addon) => [
      openAddon.button(`${markOf(addon)} ${addonName(t, addon)} — ${t.money(addon.price)}`, { addon: addon.id }),
    ]),
    [
      startAddon.button(t.plain('addon-new-devices'), { kind: 'devices' }),
      startAddon.button(t.plain('addon-new-traffic'), { kind: 'traffic' }),
    ],
    [openPlans.button(t.plain('back'), {}), ...menuRow(t)],
  ],
})

export function addonView(t: Translator, addon: StaffAddon, note: string | null): View {
  const { id, isActive, price, otherPrices } = addon
  const lines = [
    t('addon-title', { mark: markOf(addon), what: addonName(t, addon) }),
    t('plan-price', { price: t.money(price) }),
    ...(otherPrices.length > 0 ? [t('plan-prices', { prices: otherPrices.map(t.money).join(' · ') })] : []),
    t('addon-state', { state: isActive ? 'on' : 'hidden' }),
  ]
  const ask = (field: AddonField) => askAddonPrice.button(t.plain(`plan-field-${field}`), { addon: id, field })
  return {
    text: [note ?? '', lines.join('\n'), t('addon-hint')].filter(Boolean).join('\n\n'),
    keyboard: [
      [ask('price'), ask('prices')],
      [sellAddon.button(t.plain(isActive ? 'plan-hide' : 'plan-sell'), { addon: id, on: !isActive })],
      [openAddons.button(t.plain('back'), {}), ...menuRow(t)],
    ],
  }
}

export function addonFieldView(t: Translator, addon: StaffAddon, field: AddonField, problem: string | null): View {
  const written = addon.otherPrices.map((price) => `${moneyToDecimal(price)} ${price.currency}`).join(', ')
  const value = field === 'price' ? t.money(addon.price) : written || '—'
  return {
    text: [problem ?? '', t(`addon-ask-${field}`), t('field-now', { value })].filter(Boolean).join('\n\n'),
    keyboard: [[openAddon.button(t.plain('cancel'), { addon: addon.id })]],
  }
}

/** The question that a new add-on waits for. */
export function newAddonView(
  t: Translator,
  { addonKind: kind, amount }: AddonDialog & { readonly kind: 'new_addon' },
  problem: string | null,
): View {
  const question = amount === null ? t('addon-ask-amount', { kind }) : t('addon-ask-price')
  const so = amount === null ? '' : t('addon-new-title', { what: addonName(t, { kind, amount }) })
  return {
    text: [problem ?? '', so, question].filter(Boolean).join('\n\n'),
    keyboard: [[openAddons.button(t.plain('cancel'), {})]],
  }
}
