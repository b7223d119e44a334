import type { ChannelRules } from '@vpn-kiosk/domain'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openSettings } from '../settings/callbacks.ts'
import { askChannel, openChannels, removeChannel, requireFor } from './callbacks.ts'

export function channelsView(t: Translator, rules: ChannelRules, note: string | null): View {
  const { channels, isForTrial, isForUse } = rules
  const requirement = (what: 'isForTrial' | 'isForUse', isOn: boolean) =>
    requireFor.button(`${isOn ? '✅' : '▫️'} ${t.plain(`channels-${what}`)}`, { what, on: !isOn })
  return {
    text: [
      note ?? '',
      t('channels-title'),
      channels.map(({ title, link }) => t('channels-line', { title: bounded(title, 60), link })).join('\n') ||
        t('channels-none'),
      t('channels-rule'),
    ]
      .filter(Boolean)
      .join('\n\n'),
    keyboard: [
      ...(channels.length > 0 ? [[requirement('isForTrial', isForTrial)], [requirement('isForUse', isForUse)]] : []),
      [askChannel.button(t.plain('channels-add'), {})],
      ...channels.map(({ chatId: chat, title }) => [
        removeChannel.button(t.plain('channels-drop', { title: bounded(title, 40) }), { chat }, 'danger'),
      ]),
      [openSettings.button(t.plain('menu-settings'), {})],
    ],
  }
}

/** `bot`: the client bot's name; null until it has started once. */
export const askingView = (t: Translator, bot: string | null, problem: string | null): View => ({
  text: [problem ?? '', t('channels-ask', { bot: bot ? `@${bot}` : t.plain('channels-client-bot') })]
    .filter(Boolean)
    .join('\n\n'),
  keyboard: [[openChannels.button(t.plain('cancel'), {})]],
})
