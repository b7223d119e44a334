import { createTestProvider } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox } from '../testing/webhook-box.ts'
import { startTestPaySimulator } from './start-test-pay-simulator.ts'

paymentProviderContract('test', {
  currency: 'RUB',
  signed: true,
  reportsOtherMoney: true,
  irrelevantBody: '{"event":"ping"}',
  unknownReference: 'inv_0000000000000000',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startTestPaySimulator({ clock, webhookUrl: box.url })
    const { apiUrl, secret } = simulator
    return createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) => createTestProvider({ apiUrl, secret: keys === 'right' ? secret : 'not-the-secret', ...hasty }),
      secrets: [secret, 'not-the-secret'],
      createCall: 'POST /api/invoices',
      authentic: (body) => ({ body, headers: simulator.sign(body), sourceIp: '203.0.113.9' }),
      forged: ({ headers: { 'x-test-signature': _signature, ...headers }, ...webhook }) => ({ ...webhook, headers }),
    })
  },
})
