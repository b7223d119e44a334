import type { PaymentLine } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { openCustomer } from '../features/customers/callbacks.ts'
import { openPayment } from '../features/payments/callbacks.ts'
import { providerName, receivedText } from '../features/payments/views.ts'
import { openServers } from '../features/servers/callbacks.ts'
import type { Story } from './read-story.ts'

/** One view for each kind of staff notice. */
export function staffNoticeView(t: Translator, story: Story): View {
  switch (story.kind) {
    case 'sale':
      return paymentNotice(t, 'notice-sale', story.payment)
    case 'payment_mismatch':
      return paymentNotice(t, 'notice-mismatch', story.payment)
    case 'access_stuck':
      return {
        text: t('notice-access-stuck', {
          name: story.customer?.firstName ?? '—',
          minutes: story.minutes,
          reason: bounded(story.reason, 300),
        }),
        keyboard: story.customer
          ? [[openCustomer.button(t.plain('to-customer'), { customer: story.customer.id })]]
          : [],
      }
    case 'server_down':
      return {
        text: t('notice-server-down', { server: story.serverName, reason: bounded(story.reason || '—', 300) }),
        keyboard: [[openServers.button(t.plain('menu-servers'), {})]],
      }
    case 'server_up':
      return { text: t('notice-server-up', { server: story.serverName }) }
    case 'backup_failed':
      return { text: t('notice-backup-failed', { reason: bounded(story.reason, 300) }) }
    default:
      return story satisfies never
  }
}

function paymentNotice(t: Translator, key: string, payment: PaymentLine): View {
  return {
    text: t(key, {
      amount: t.money(payment.amount),
      received: payment.received ? receivedText(t, payment.received) : '—',
      title: payment.planTitle[t.language === 'en' ? 'en' : 'ru'],
      name: bounded(payment.customerName, 64),
      provider: providerName(t, payment.provider),
    }),
    keyboard: [
      [
        openPayment.button(t.plain('to-payment'), { payment: payment.id }),
        openCustomer.button(t.plain('to-customer'), { customer: payment.customerId }),
      ],
    ],
  }
}
