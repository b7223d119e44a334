import { isReadable } from '@vpn-kiosk/domain'
import type { PaymentLine } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import {
  acceptPayment,
  askAcceptance,
  askWriteOff,
  decidePayment,
  openPayment,
  undoWriteOff,
  writeOff,
} from './callbacks.ts'
import { receivedText, soldTitle } from './views.ts'

/** Money is there, or may be, and nothing was given; or the provider has something else: only a human can end it. */
export const needsDecision = ({ state, trouble, difference }: PaymentLine): boolean =>
  state === 'mismatch' ||
  Boolean(difference) ||
  (trouble !== null && trouble.kind !== 'unreachable' && state !== 'paid')

export function decisionLines(t: Translator, line: PaymentLine): string[] {
  if (!needsDecision(line)) return []
  if (line.decidedAt) return ['', t('payment-decided', { at: t.dateTime(line.decidedAt) })]
  return ['', line.difference ? t('payment-decide-difference', { kind: line.difference.kind }) : t('payment-decide')]
}

/** In whose favour a wrong sum can be ended: money that the books hold, and not yet decided. */
export function acceptanceRows(
  t: Translator,
  { id: payment, state, received, decidedAt, amount, planTitle, writtenOff }: PaymentLine,
): Keyboard {
  if (state !== 'mismatch' || decidedAt || writtenOff || !received || !isReadable(received) || received.minor <= 0n)
    return []
  const isSameMoney = received.currency === amount.currency
  return [
    ...(planTitle && isSameMoney
      ? [[askAcceptance.button(t.plain('accept-ordered'), { payment, as: 'ordered' })]]
      : []),
    [askAcceptance.button(t.plain('accept-balance'), { payment, as: 'balance' })],
  ]
}

/** What it does to the customer and to the books, before anybody presses. */
export function acceptanceView(t: Translator, line: PaymentLine, as: 'ordered' | 'balance'): View {
  const sums = {
    asked: t.money(line.amount),
    came: line.received ? receivedText(t, line.received) : '',
    title: soldTitle(t, line),
    name: bounded(line.customerName, 64),
  }
  return {
    text: t(as === 'ordered' ? 'accept-ask-ordered' : 'accept-ask-balance', sums),
    keyboard: [
      [acceptPayment.button(t.plain('accept-yes'), { payment: line.id, as }, 'success')],
      [openPayment.button(t.plain('back'), { payment: line.id }), ...menuRow(t)],
    ],
  }
}

export const decisionButton = (t: Translator, { id, decidedAt }: PaymentLine) =>
  decidedAt
    ? decidePayment.button(t.plain('undecide'), { payment: id, decided: false })
    : decidePayment.button(t.plain('decide'), { payment: id, decided: true }, 'success')

/** What the provider has of a settled payment, where that is something else. */
export const differenceText = (
  t: Translator,
  { kind, missing, said }: NonNullable<PaymentLine['difference']>,
): string => t('payment-difference', { kind, said: bounded(said, 80), missing: missing ? t.money(missing) : '' })

/** Money that can be given up, or was. */
export function writeOffRows(t: Translator, line: PaymentLine): Keyboard {
  const { id: payment, decidedAt, writtenOff } = line
  if (writtenOff) return [[undoWriteOff.button(t.plain('undo-write-off'), { payment })]]
  if (decidedAt || !lostOf(line)) return []
  return [[askWriteOff.button(t.plain('write-off'), { payment })]]
}

/** What would be given up: `lost`: the provider does not have it; `unclaimed`: nobody has said whose it is. */
function lostOf({ state, received, difference }: PaymentLine) {
  if (state === 'mismatch')
    return received && isReadable(received) && received.minor > 0n ? { as: 'unclaimed', amount: received } : null
  const isLost = difference?.kind === 'missing' || difference?.kind === 'less'
  return isLost && difference.missing ? { as: 'lost', amount: difference.missing } : null
}

/** What it does to the customer and to the books, before anybody presses. */
export function writeOffView(t: Translator, line: PaymentLine): View {
  const lost = lostOf(line)
  const back = [openPayment.button(t.plain('back'), { payment: line.id }), ...menuRow(t)]
  if (!lost) return { text: t('write-off-result', { kind: 'nothing_to_write_off' }), keyboard: [back] }
  const name = bounded(line.customerName, 64)
  return {
    text: t('write-off-ask', { as: lost.as, amount: t.money(lost.amount), name }),
    keyboard: [[writeOff.button(t.plain('write-off-yes'), { payment: line.id }, 'danger')], back],
  }
}
