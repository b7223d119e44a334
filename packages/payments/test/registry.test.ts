import { createPaymentProviders } from '@vpn-kiosk/payments'
import { expect, test } from 'vitest'

const clock = { now: () => new Date('2026-10-01T10:00:00Z') }
const testPay = { apiUrl: 'http://127.0.0.1:9', secret: 's' }

test('only providers with keys are offered, in the order of display', () => {
  expect([...createPaymentProviders({}, { clock }).keys()]).toEqual([])
  const all = createPaymentProviders(
    {
      test: testPay,
      heleket: { merchant: 'm', apiKey: 'k', publicUrl: 'https://a.test' },
      coingate: { token: 'c', publicUrl: 'https://a.test' },
      cryptobot: { token: 't' },
      wata: { token: 't' },
      yookassa: { shopId: '1', secretKey: 'k' },
    },
    { clock },
  )
  expect([...all.keys()]).toEqual(['yookassa', 'cryptobot', 'wata', 'coingate', 'heleket', 'test'])
  expect([...createPaymentProviders({ test: testPay, yookassa: undefined }, { clock }).keys()]).toEqual(['test'])
  for (const [id, provider] of all) expect(provider.id).toBe(id)
})
