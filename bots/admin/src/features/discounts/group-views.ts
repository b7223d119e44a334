import type { CustomerId, DiscountGroup } from '@vpn-kiosk/domain'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../customers/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { askGroup, askGroupDrop, dropGroup, openDiscounts, openGroup, openGroups, putInGroup } from './callbacks.ts'

const nameOf = ({ name, percent }: DiscountGroup): string => `${name}: ${percent}%`

export const groupsView = (
  t: Translator,
  groups: readonly DiscountGroup[],
  members: ReadonlyMap<string, number>,
): View => ({
  text: t('groups-title', { count: groups.length }),
  keyboard: [
    ...groups.map((group) => [
      openGroup.button(bounded(`👥 ${nameOf(group)} · ${members.get(group.id) ?? 0}`, 60), { group: group.id }),
    ]),
    [askGroup.button(t.plain('groups-add'), { group: null })],
    [openDiscounts.button(t.plain('discounts-open'), {}), ...menuRow(t)],
  ],
})

export const groupView = (t: Translator, group: DiscountGroup, members: number): View => ({
  text: t('group-card', { name: group.name, percent: group.percent, members }),
  keyboard: [
    [askGroup.button(t.plain('group-change'), { group: group.id })],
    [askGroupDrop.button(t.plain('group-drop'), { group: group.id })],
    [openGroups.button(t.plain('groups-open'), {}), ...menuRow(t)],
  ],
})

export const droppingGroupView = (t: Translator, { id, name }: DiscountGroup): View => ({
  text: t('group-drop-ask', { name }),
  keyboard: [
    [dropGroup.button(t.plain('group-drop-yes'), { group: id }, 'danger')],
    [openGroup.button(t.plain('back'), { group: id }), ...menuRow(t)],
  ],
})

export const askingGroupView = (t: Translator, problem: string | null = null): View => ({
  text: [problem ? t('discounts-refused', { kind: problem }) : '', t('group-ask')].filter(Boolean).join('\n\n'),
  keyboard: [[openGroups.button(t.plain('cancel'), {})], menuRow(t)],
})

/** Into which of the groups a customer is put. */
export const choosingGroupView = (t: Translator, customer: CustomerId, groups: readonly DiscountGroup[]): View => ({
  text: t('group-choose', { count: groups.length }),
  keyboard: [
    ...groups.map((group) => [putInGroup.button(bounded(nameOf(group), 60), { customer, group: group.id })]),
    [putInGroup.button(t.plain('group-none'), { customer, group: null })],
    [openCustomer.button(t.plain('back'), { customer }), ...menuRow(t)],
  ],
})
