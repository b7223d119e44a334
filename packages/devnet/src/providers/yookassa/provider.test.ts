import { createYookassa, type YookassaSettings } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox } from '../testing/webhook-box.ts'
import { startYookassaSimulator } from './start-yookassa-simulator.ts'

paymentProviderContract('yookassa', {
  currency: 'RUB',
  signed: false,
  reportsOtherMoney: true,
  irrelevantBody: JSON.stringify({
    type: 'notification',
    event: 'payout.succeeded',
    object: { id: 'po-1', status: 'succeeded', amount: { value: '179.00', currency: 'RUB' } },
  }),
  unknownReference: '2d93cac0-000f-5000-8000-126628f15141',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startYookassaSimulator({ clock, webhookUrl: box.url })
    const { shopId, secretKey, apiUrl } = simulator
    const settings: YookassaSettings = { shopId, secretKey, apiUrl, allowedIps: ['127.0.0.1'], ...hasty }
    return createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) => createYookassa(keys === 'right' ? settings : { ...settings, secretKey: 'test_somebody_else' }),
      secrets: [secretKey, 'test_somebody_else', Buffer.from(`${shopId}:test_somebody_else`).toString('base64')],
      createCall: 'POST /v3/payments',
      refundCall: 'POST /v3/refunds',
      authentic: (body) => ({ body, headers: {}, sourceIp: '127.0.0.1' }),
      forged: (webhook) => ({ ...webhook, sourceIp: '203.0.113.9' }),
    })
  },
})
