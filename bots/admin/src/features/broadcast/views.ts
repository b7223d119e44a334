import type { BroadcastId } from '@vpn-kiosk/domain'
import type { BroadcastCard, BroadcastLine, RecipientCount } from '@vpn-kiosk/shop'
import { bounded, escapeHtml, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { cancelBroadcast, openBroadcast, openBroadcasts, startBroadcast, writeBroadcast } from './callbacks.ts'

const icons = { draft: '📝', running: '🚀', done: '✅', canceled: '⏹' } as const
const barLength = 10

const firstLine = (text: string): string => bounded(text.split('\n', 1)[0] ?? '', 40)

export function broadcastsView(t: Translator, list: readonly BroadcastLine[]): View {
  const rows = list.map((line) => [
    openBroadcast.button(`${icons[line.state]} ${firstLine(line.text)} · ${line.total}`, { broadcast: line.id }),
  ])
  return {
    text: t('broadcasts-title', { count: list.length }),
    keyboard: [[writeBroadcast.button(t.plain('broadcast-write'), {})], ...rows, menuRow(t)],
  }
}

export const writingView = (t: Translator, problem: string | null): View => ({
  text: [problem ?? '', t('broadcast-prompt')].filter(Boolean).join('\n\n'),
  keyboard: [[openBroadcasts.button(t.plain('cancel'), {})]],
})

/** Exactly what customers will see. */
export const previewView = (text: string): View => ({ text: escapeHtml(text.trim()) })

export const confirmView = (t: Translator, broadcast: BroadcastId, { count, isExact }: RecipientCount): View => ({
  text: [t('broadcast-confirm', { count }), ...(isExact ? [] : [t('broadcast-about')])].join('\n\n'),
  keyboard: [
    ...(count > 0 ? [[startBroadcast.button(t.plain('broadcast-send', { count }), { broadcast }, 'success')]] : []),
    [writeBroadcast.button(t.plain('broadcast-rewrite'), {})],
    [openBroadcasts.button(t.plain('cancel'), {})],
  ],
})

export function broadcastView(t: Translator, card: BroadcastCard): View {
  const { progress, state } = card
  const handled = progress.total - progress.queued
  const share = progress.total === 0 ? 1 : handled / progress.total
  const bar = '▰'.repeat(Math.round(share * barLength)).padEnd(barLength, '▱')
  const counts = [
    t('broadcast-sent', { count: progress.sent }),
    ...(progress.unreachable > 0 ? [t('broadcast-unreachable', { count: progress.unreachable })] : []),
    ...(progress.failed > 0 ? [t('broadcast-failed', { count: progress.failed })] : []),
    ...(progress.unknown > 0 ? [t('broadcast-unknown', { count: progress.unknown })] : []),
    ...(progress.queued > 0 ? [t('broadcast-queued', { count: progress.queued, state })] : []),
  ]
  const text = [
    t('broadcast-title', { icon: icons[state], state }),
    `${bar} ${t(card.isCounted ? 'broadcast-progress' : 'broadcast-progress-about', { handled, total: progress.total })}`,
    counts.join('\n'),
    `<blockquote expandable>${escapeHtml(bounded(card.text, 700))}</blockquote>`,
    ...(card.finishedAt && card.startedAt
      ? [t('broadcast-times', { from: t.dateTime(card.startedAt), to: t.dateTime(card.finishedAt) })]
      : []),
  ]
  return { text: text.join('\n\n'), keyboard: broadcastKeyboard(t, card) }
}

function broadcastKeyboard(t: Translator, { id: broadcast, state }: BroadcastCard): Keyboard {
  const leaving: Keyboard[number] = [openBroadcasts.button(t.plain('back'), {}), ...menuRow(t)]
  if (state === 'draft') return [[startBroadcast.button(t.plain('broadcast-start'), { broadcast })], leaving]
  if (state !== 'running') return [leaving]
  return [
    [
      openBroadcast.button(t.plain('refresh'), { broadcast }),
      cancelBroadcast.button(t.plain('broadcast-stop'), { broadcast }, 'danger'),
    ],
    leaving,
  ]
}
