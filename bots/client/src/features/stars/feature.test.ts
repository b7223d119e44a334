import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'

const payload = 'pay_0123456789abcdefghjk'
const checkout = {
  update_id: 70_001,
  pre_checkout_query: {
    id: '4382',
    from: { id: 5551, is_bot: false, first_name: 'Anna', language_code: 'en' },
    currency: 'XTR',
    total_amount: 150,
    invoice_payload: payload,
  },
}
const told = (kind: 'successful_payment' | 'refunded_payment') => ({
  update_id: 70_002,
  message: {
    message_id: 12,
    date: 1_790_848_991,
    chat: { id: 5551, type: 'private' as const, first_name: 'Anna' },
    from: { id: 5551, is_bot: false, first_name: 'Anna' },
    [kind]: {
      currency: 'XTR',
      total_amount: 150,
      invoice_payload: payload,
      telegram_payment_charge_id: 'stx1',
      provider_payment_charge_id: '5551_8',
    },
  },
})

test('a checkout is approved, or refused in words', async () => {
  const yes = clientHarness({ approveCheckout: async () => ({ kind: 'approved' }) })
  await yes.bot.handleUpdate(checkout)
  expect(yes.calls.filter(({ method }) => method === 'answerPreCheckoutQuery')).toMatchObject([
    { payload: { ok: true } },
  ])
  const no = clientHarness({ approveCheckout: async () => ({ kind: 'paid' }) })
  await no.bot.handleUpdate(checkout)
  expect(no.calls.filter(({ method }) => method === 'answerPreCheckoutQuery')).toMatchObject([
    { payload: { ok: false, error_message: expect.stringContaining('paid already') } },
  ])
})

test('a checkout waits for nothing else that its person does', async () => {
  let release = () => {}
  const recognizing = new Promise<never>((_, reject) => {
    release = () => reject(new Error('over'))
  })
  const bot = clientHarness({
    recognizeCustomer: () => recognizing,
    approveCheckout: async () => ({ kind: 'approved' }),
  })
  const slow = bot.bot.handleUpdate({
    update_id: 70_000,
    message: { ...told('successful_payment').message, successful_payment: undefined, text: '/menu' } as never,
  })
  await bot.bot.handleUpdate(checkout)
  expect(bot.calls.map(({ method }) => method)).toContain('answerPreCheckoutQuery')
  release()
  await slow.catch(() => undefined)
})

test('a payment and a refund are handed to the shop as they were told', async () => {
  const receiveStarPayment = vi.fn(async () => ({ kind: 'stored' as const }))
  const bot = clientHarness({ receiveStarPayment })
  await bot.bot.handleUpdate(told('successful_payment') as never)
  await bot.bot.handleUpdate(told('refunded_payment') as never)
  const same = { payload, chargeId: 'stx1', payerId: 5551n, amount: 150n, at: new Date(1_790_848_991_000) }
  expect(receiveStarPayment.mock.calls).toEqual([[{ ...same, isRefund: false }], [{ ...same, isRefund: true }]])
})

test('what a person chose in Telegram is handed to the shop', async () => {
  const recordStarChoice = vi.fn(async () => 'off' as const)
  const bot = clientHarness({ recordStarChoice })
  const user = { id: 5551, is_bot: false, first_name: 'Anna' }
  await bot.bot.handleUpdate({ update_id: 70_003, subscription: { user, invoice_payload: payload, state: 'canceled' } })
  expect(recordStarChoice).toHaveBeenCalledExactlyOnceWith({ payload, payerId: 5551n, state: 'canceled' })
})

test('/paysupport leads to support', async () => {
  const bot = clientHarness()
  await bot.command('paysupport')
  expect(bot.lastScreen().text).toContain('Questions about a payment')
})
