import { createHash, createHmac } from 'node:crypto'
import { createCryptobot } from '@vpn-kiosk/payments'
import { paymentProviderContract } from '@vpn-kiosk/payments/contract'
import { createProviderWorld, hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { openWebhookBox } from '../testing/webhook-box.ts'
import { startCryptobotSimulator } from './start-cryptobot-simulator.ts'

const wrongToken = '4242:AAsomebody-else'

paymentProviderContract('cryptobot', {
  currency: 'RUB',
  signed: true,
  reportsOtherMoney: true,
  irrelevantBody:
    '{"update_id":7,"update_type":"check_activated","request_date":"2026-10-01T10:00:00.000Z","payload":{}}',
  unknownReference: '999999',
  start: async () => {
    const clock = createTestClock()
    const box = await openWebhookBox()
    const simulator = await startCryptobotSimulator({ clock, webhookUrl: box.url })
    const { apiUrl, token } = simulator
    return createProviderWorld({
      simulator,
      box,
      clock,
      connect: (keys) => createCryptobot({ token: keys === 'right' ? token : wrongToken, apiUrl, ...hasty }, clock),
      secrets: [token, wrongToken],
      createCall: 'createInvoice',
      authentic: (body) => ({ body, headers: simulator.sign(body), sourceIp: '203.0.113.9' }),
      forged: (webhook) => {
        const key = createHash('sha256').update(wrongToken).digest()
        const signature = createHmac('sha256', key).update(webhook.body).digest('hex')
        return { ...webhook, headers: { ...webhook.headers, 'crypto-pay-api-signature': signature } }
      },
    })
  },
})
