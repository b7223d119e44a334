import { generateKeyPairSync, sign } from 'node:crypto'
import { createWata } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox } from '../testing/webhook-box.ts'
import { startWataSimulator } from './start-wata-simulator.ts'

const wrongToken = 'eyJhbGciOiJSUzI1NiJ9.e30.somebody-else'
const { privateKey: somebodyElses } = generateKeyPairSync('rsa', { modulusLength: 2048 })

paymentProviderContract('wata', {
  currency: 'RUB',
  signed: true,
  reportsOtherMoney: true,
  irrelevantBody: JSON.stringify({
    transactionType: 'SBP',
    kind: 'Payment',
    transactionId: '3a1f0000-0000-4000-8000-000000000001',
    transactionStatus: 'Paid',
    amount: 179,
    currency: 'RUB',
    orderId: null,
  }),
  unknownReference: 'pay_00000000000000000000',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startWataSimulator({ clock, webhookUrl: box.url })
    const { apiUrl, token } = simulator
    return createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) => createWata({ token: keys === 'right' ? token : wrongToken, apiUrl, ...hasty }, clock),
      secrets: [token, wrongToken],
      createCall: 'POST /api/h2h/links',
      refundCall: 'POST /api/h2h/refunds',
      authentic: (body) => ({ body, headers: simulator.sign(body), sourceIp: '203.0.113.9' }),
      forged: (webhook) => {
        const signature = sign('RSA-SHA512', webhook.body, somebodyElses).toString('base64')
        return { ...webhook, headers: { ...webhook.headers, 'x-signature': signature } }
      },
      restMs: 31_000,
    })
  },
})
