import type { RequiredChannel } from '@vpn-kiosk/domain'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuButton } from '../menu/callbacks.ts'
import { openPlans } from '../purchase/callbacks.ts'
import { haveJoined } from './callbacks.ts'

/** What to join, with the way around it: whoever pays joins nothing. */
export const joinView = (t: Translator, missing: readonly RequiredChannel[], to: 'trial' | 'use'): View => ({
  text: [
    t(`channels-${to}`, { count: missing.length }),
    missing.map(({ title }) => t('channels-line', { title: bounded(title, 60) })).join('\n'),
    t('channels-or-buy'),
  ].join('\n\n'),
  keyboard: [
    ...missing.map(({ title, link }) => [{ text: t.plain('channels-join', { title: bounded(title, 40) }), url: link }]),
    [haveJoined.button(t.plain('channels-joined'), { to }, 'success')],
    [openPlans.button(t.plain('menu-buy'), {})],
    [menuButton(t)],
  ],
})

/** At most 200 characters: an alert holds no more. */
export const missingText = (t: Translator, missing: readonly RequiredChannel[]): string =>
  bounded(t.plain('channels-missing', { titles: missing.map(({ title }) => title).join(', ') }), 190)
