import type { PaidGift, PaymentLine } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../customers/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { openRefund } from '../refunds/callbacks.ts'
import { openWebhooks } from '../webhooks/callbacks.ts'
import { openPayments, recheckPayment } from './callbacks.ts'
import {
  acceptanceRows,
  decisionButton,
  decisionLines,
  differenceText,
  needsDecision,
  writeOffRows,
} from './case-views.ts'
import { icons, providerName, receivedText, soldTitle } from './views.ts'

const giftText = (t: Translator, { state, recipient }: PaidGift): string =>
  t('payment-gift', { state, name: bounded(recipient?.name ?? '', 64) })

const discountText = (t: Translator, { cause, code, off }: NonNullable<PaymentLine['discount']>): string =>
  t('payment-discount', { cause, code: code ?? '', off: t.money(off) })

export function paymentView(t: Translator, line: PaymentLine, note: string | null): View {
  const title = soldTitle(t, line)
  const lines = [
    t('payment-title', { icon: icons[line.state], state: line.state }),
    t('payment-amount', { amount: t.money(line.amount), title }),
    ...(line.gift ? [giftText(t, line.gift)] : []),
    ...(line.discount ? [discountText(t, line.discount)] : []),
    ...(line.received ? [t('payment-received', { amount: receivedText(t, line.received) })] : []),
    ...(line.surplus ? [t('payment-surplus', { amount: bounded(line.surplus, 80) })] : []),
    ...(line.refunded ? [t('payment-refunded', { amount: receivedText(t, line.refunded) })] : []),
    ...(line.difference ? [differenceText(t, line.difference)] : []),
    ...(line.writtenOff ? [t('payment-written-off', { amount: t.money(line.writtenOff) })] : []),
    ...(line.trouble ? [t('payment-trouble', { kind: line.trouble.kind, said: bounded(line.trouble.said, 300) })] : []),
    t('payment-provider', { provider: providerName(t, line.provider, line.method) }),
    t('payment-customer', { name: bounded(line.customerName, 64) }),
    t('payment-created', { at: t.dateTime(line.createdAt) }),
    ...(line.paidAt ? [t('payment-paid', { at: t.dateTime(line.paidAt) })] : []),
    t('payment-id', { id: line.id }),
    ...decisionLines(t, line),
  ]
  const canDecide = needsDecision(line) && line.state !== 'created' && line.state !== 'pending'
  const isSettled = line.state === 'paid' || line.state === 'refunded'
  const hasMoney = isSettled || (line.state === 'mismatch' && !line.writtenOff)
  return {
    text: [note ?? '', lines.join('\n')].filter(Boolean).join('\n\n'),
    keyboard: [
      ...(hasMoney ? [[openRefund.button(t.plain('refund-open'), { payment: line.id })]] : []),
      ...acceptanceRows(t, line),
      ...writeOffRows(t, line),
      ...(canDecide && !line.writtenOff ? [[decisionButton(t, line)]] : []),
      ...(isSettled && !line.difference ? [] : [[recheckPayment.button(t.plain('recheck'), { payment: line.id })]]),
      [
        openCustomer.button(t.plain('to-customer'), { customer: line.customerId }),
        openWebhooks.button(t.plain('webhooks-open'), { payment: line.id }),
      ],
      ...(line.gift?.recipient
        ? [[openCustomer.button(t.plain('to-recipient'), { customer: line.gift.recipient.id })]]
        : []),
      [openPayments.button(t.plain('back'), { olderThan: null, customer: null }), ...menuRow(t)],
    ],
  }
}
