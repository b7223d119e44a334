import { minuteMs } from '@vpn-kiosk/domain'
import type { FreezeState, FreezeSubscriptionResult, UnfreezeSubscriptionResult } from '@vpn-kiosk/shop'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openKey } from '../key/callbacks.ts'
import { menuButton } from '../menu/callbacks.ts'
import { openSubscription } from '../subscription/callbacks.ts'
import { freeze, openFreeze, unfreeze } from './callbacks.ts'

export type FreezeAnswer = FreezeSubscriptionResult | UnfreezeSubscriptionResult

/** `answer`: of the press that is answered; what the screen itself does not say comes first. */
export function freezeView(t: Translator, state: FreezeState | null, answer: FreezeAnswer | null): View {
  const said = answer && answer !== 'frozen' ? [t('freeze-answer', { answer, ends: endOf(t, state) })] : []
  const shown = answer === 'unfrozen' ? [] : [textOf(t, state)]
  return { text: [...said, ...shown].join('\n\n'), keyboard: keyboardOf(t, state, answer) }
}

const endOf = (t: Translator, state: FreezeState | null): string => (state ? t.date(state.endsAt) : '')

function textOf(t: Translator, state: FreezeState | null): string {
  if (!state) return t('freeze-none')
  const { kind, freezeDays, freezesPerYear, left } = state
  const facts = { days: freezeDays, left, of: freezesPerYear, until: t.dateTime(state.until) }
  return t(`freeze-${kind}`, { ...facts, ends: endOf(t, state) })
}

function keyboardOf(t: Translator, state: FreezeState | null, answer: FreezeAnswer | null): Keyboard {
  const end = state ? Math.floor(state.endsAt.getTime() / minuteMs) : 0
  return [
    ...(answer === 'unfrozen' ? [[openKey.button(t.plain('menu-key'), {}, 'primary')]] : []),
    ...(state?.kind === 'offered' && answer !== 'unfrozen' ? [[freeze.button(t.plain('freeze-yes'), { end })]] : []),
    ...(state?.kind === 'frozen' ? [unfreezeRow(t, state)] : []),
    [openSubscription.button(t.plain('back'), {})],
    [menuButton(t)],
  ]
}

const unfreezeRow = (t: Translator, { endsAt }: FreezeState) => [
  unfreeze.button(t.plain('freeze-end'), { end: Math.floor(endsAt.getTime() / minuteMs) }, 'primary'),
]

/** On the screen of the subscription. */
export const freezeRow = (t: Translator, isFrozen: boolean): Keyboard => [
  [
    openFreeze.button(
      t.plain(isFrozen ? 'freeze-manage' : 'freeze-open'),
      {},
      ...(isFrozen ? ['primary' as const] : []),
    ),
  ],
]
