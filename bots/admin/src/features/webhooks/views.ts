import type { PaymentId } from '@vpn-kiosk/domain'
import type { WebhookLine } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openPayment, openPayments } from '../payments/callbacks.ts'
import { providerName } from '../payments/views.ts'
import { closeWebhook, openWebhook, openWebhooks, replayWebhook } from './callbacks.ts'

const lineOf = (t: Translator, { handledAt, key, provider, receivedAt }: WebhookLine): string =>
  bounded(`${handledAt ? '✅' : '❔'} ${providerName(t, provider)} · ${t.dateTime(receivedAt)} · ${key}`, 60)

export function webhooksView(t: Translator, lines: readonly WebhookLine[], payment: PaymentId | null): View {
  const back = payment
    ? openPayment.button(t.plain('back'), { payment })
    : openPayments.button(t.plain('back'), { olderThan: null, customer: null })
  return {
    text: t(payment ? 'webhooks-of-payment' : 'webhooks-unhandled', { count: lines.length }),
    keyboard: [
      ...lines.map((line) => [openWebhook.button(lineOf(t, line), { webhook: line.id })]),
      [back, ...menuRow(t)],
    ],
  }
}

export function webhookView(t: Translator, line: WebhookLine, note: string | null): View {
  const { id: webhook, paymentId, handledAt, summary } = line
  const lines = [
    t('webhook-title', { provider: providerName(t, line.provider) }),
    t('webhook-facts', { key: bounded(line.key, 120), reference: bounded(line.reference, 120) }),
    t('webhook-received', { at: t.dateTime(line.receivedAt) }),
    handledAt ? t('webhook-handled', { at: t.dateTime(handledAt) }) : t('webhook-open'),
    t('webhook-summary', { text: bounded(JSON.stringify(summary), 800) }),
  ]
  return {
    text: [note ?? '', lines.join('\n')].filter(Boolean).join('\n\n'),
    keyboard: [
      [replayWebhook.button(t.plain('webhook-replay'), { webhook })],
      ...(handledAt ? [] : [[closeWebhook.button(t.plain('webhook-close'), { webhook })]]),
      ...(paymentId ? [[openPayment.button(t.plain('webhook-payment'), { payment: paymentId })]] : []),
      [openWebhooks.button(t.plain('back'), { payment: handledAt ? paymentId : null }), ...menuRow(t)],
    ],
  }
}
