import type { CustomerId, PaymentId } from '@vpn-kiosk/domain'
import { expect, test, vi } from 'vitest'
import { adminHarness } from '../../testing/admin-harness.ts'
import { dashboard, payment } from '../../testing/fake-shop.ts'

test('payments are paged, and one is checked again with its provider', async () => {
  const inspectPayments = vi.fn(async (_actor: unknown, { olderThan }: { olderThan?: PaymentId }) => ({
    kind: 'seen' as const,
    value: { lines: [payment], olderThan: olderThan ? null : payment.id, providers: ['yookassa', 'wata'] },
  }))
  const recheckAsStaff = vi.fn(async () => ({ kind: 'settled' as const }))
  const bot = adminHarness({ inspectPayments, recheckAsStaff })
  await bot.command('payments')
  await bot.tap('Older')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { olderThan: payment.id })
  expect(bot.lastScreen().buttons.map((button) => button.text)).not.toContain('Older ›')
  await bot.tap('Anna')
  expect(bot.lastScreen().text).toContain('YooKassa')
  await bot.tap('Ask the provider')
  expect(recheckAsStaff).toHaveBeenCalledWith(1n, payment.id)
  expect(bot.lastScreen().text).toContain('The money is here')
})

test("one customer's payments stay that customer's over the pages", async () => {
  const inspectPayments = vi.fn(async (_actor: unknown, _of: { customerId?: CustomerId; olderThan?: PaymentId }) => ({
    kind: 'seen' as const,
    value: { lines: [payment], olderThan: payment.id, providers: ['yookassa', 'wata'] },
  }))
  const bot = adminHarness({ inspectPayments })
  await bot.command('find', 'anna')
  await bot.tap('Payments')
  await bot.tap('Older')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { olderThan: payment.id, customerId: 'cus_anna' })
})

test('what was off is said, and why', async () => {
  const discount = { cause: 'promo', code: 'SPRING', off: { minor: 5_980n, currency: 'RUB' } } as const
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value: { ...payment, discount } }) })
  await bot.forge('pay:annas')
  expect(bot.lastScreen().text).toContain('₽59.80 off: code SPRING')
})

test('a settled payment offers no check', async () => {
  const bot = adminHarness({
    inspectPayment: async () => ({ kind: 'seen', value: { ...payment, state: 'paid', paidAt: payment.createdAt } }),
  })
  await bot.forge('pay:annas')
  expect(bot.lastScreen().buttons.map((button) => button.text)).not.toContain('🔎 Ask the provider')
})

test.each<[Partial<typeof payment>, boolean]>([
  [{ state: 'mismatch', received: { minor: 100n, currency: 'RUB' } }, true],
  [{ trouble: { kind: 'unclear', said: '178.999' } }, true],
  [{ trouble: { kind: 'unreachable', said: 'timeout' } }, false],
  [{}, false],
])('it is said who must decide, where a human must (%#)', async (change, isSaid) => {
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value: { ...payment, ...change } }) })
  await bot.forge('pay:annas')
  expect(bot.lastScreen().text.includes('An admin decides')).toBe(isSaid)
})

test('what waits for a decision is listed from the dashboard, decided, and taken back', async () => {
  const mismatch = { ...payment, state: 'mismatch' as const }
  const decidePayment = vi.fn(async (_actor: unknown, _id: PaymentId, isDecided: boolean) => ({
    kind: isDecided ? ('decided' as const) : ('undecided' as const),
  }))
  let decidedAt: Date | null = null
  const bot = adminHarness({
    getDashboard: async () => ({ kind: 'seen', value: { ...dashboard, undecidedPayments: 2 } }),
    inspectPayments: async (_actor, { isUndecided }) => ({
      kind: 'seen',
      value: { lines: isUndecided ? [mismatch] : [], olderThan: null, providers: ['yookassa', 'wata'] },
    }),
    inspectPayment: async () => ({ kind: 'seen', value: { ...mismatch, decidedAt } }),
    decidePayment,
  })
  await bot.command('dashboard')
  expect(bot.lastScreen().text).toContain('2 payments wait for your decision')
  await bot.tap('wait for a decision')
  await bot.tap('Anna')
  expect(bot.lastScreen().text).toContain('An admin decides')
  decidedAt = payment.createdAt
  await bot.tap('Decided')
  expect(decidePayment).toHaveBeenLastCalledWith(1n, payment.id, true)
  expect(bot.lastScreen().text).toContain('this payment is decided')
  await bot.tap('Not decided after all')
  expect(decidePayment).toHaveBeenLastCalledWith(1n, payment.id, false)
})

test('a wrong sum is ended in the customer’s favour after what that does was shown', async () => {
  const mismatch = { ...payment, state: 'mismatch' as const, received: { minor: 10_000n, currency: 'RUB' as const } }
  const acceptMismatch = vi.fn(async () => ({ kind: 'accepted' as const, amount: mismatch.received }))
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value: mismatch }), acceptMismatch })
  await bot.forge('pay:annas')
  await bot.tap('Give what was ordered')
  expect(bot.lastScreen().text).toContain('The price becomes ₽100')
  expect(acceptMismatch).not.toHaveBeenCalled()
  await bot.tap('✅ Yes')
  expect(acceptMismatch).toHaveBeenCalledWith(1n, { paymentId: payment.id, as: 'ordered' })
  expect(bot.lastScreen().text).toContain('the customer is told')
})

test('what came in another currency can only become the balance', async () => {
  const dollars = { ...payment, state: 'mismatch' as const, received: { minor: 500n, currency: 'USD' as const } }
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value: dollars }) })
  await bot.forge('pay:annas')
  const texts = bot.lastScreen().buttons.map(({ text }) => text)
  expect(texts).toContain('👛 Put it on the balance')
  expect(texts).not.toContain('✅ Give what was ordered')
})

test('payments are filtered by state, provider and period together; the filter holds over the pages', async () => {
  const inspectPayments = vi.fn(async (_actor: unknown, of: { state?: string; olderThan?: PaymentId }) => ({
    kind: 'seen' as const,
    value: {
      lines: of.state === 'expired' ? [] : [payment],
      olderThan: of.olderThan ? null : payment.id,
      providers: ['yookassa', 'wata'],
    },
  }))
  const bot = adminHarness({ inspectPayments })
  await bot.command('payments')
  await bot.tap('↩️ Refunded')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { state: 'refunded' })
  await bot.tap('Older')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { state: 'refunded', olderThan: payment.id })
  await bot.tap('7 days')
  await bot.tap('YooKassa')
  const by = { state: 'refunded', provider: 'yookassa', period: 'week' }
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, by)
  await bot.tap('Older')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { ...by, olderThan: payment.id })
  expect(bot.lastScreen().text).toContain('Refunded · YooKassa · 7 days')
  await bot.tap('• YooKassa')
  await bot.tap('• 7 days')
  await bot.tap('⌛️ Expired')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, { state: 'expired' })
  expect(bot.lastScreen().text).toContain('No such payments')
  await bot.tap('All payments')
  expect(inspectPayments).toHaveBeenLastCalledWith(1n, {})
})

test('a forged state is answered, and who may not see payments sees none', async () => {
  const inspectPayments = vi.fn(async () => ({ kind: 'forbidden' as const }))
  const bot = adminHarness({ inspectPayments })
  await bot.forge('pays-by:-:+stolen:-:-')
  expect(bot.lastAnswer()).toContain('out of date')
  expect(inspectPayments).not.toHaveBeenCalled()
  await bot.forge('pays-by:-:+paid:-:-')
  expect(inspectPayments).toHaveBeenCalledWith(1n, { state: 'paid' })
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('↩️ Refunded')
})

test('a gift is called one, and leads to whoever activated it', async () => {
  const gift = { state: 'activated', recipient: { id: 'cus_boris', name: 'Boris' } } as const
  const value = { ...payment, isGift: true, gift }
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value }) })
  await bot.forge('pay:annas')
  expect(bot.lastScreen().text).toContain('(gift)')
  expect(bot.lastScreen().text).toContain('activated by Boris')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toContain('👤 To the recipient')
})

test('what the provider lacks is said, and written off after what that does was shown', async () => {
  let value = {
    ...payment,
    state: 'paid' as const,
    difference: { kind: 'missing' as const, missing: { minor: 17_900n, currency: 'RUB' as const }, said: '0.00 RUB' },
    writtenOff: null as null | { minor: bigint; currency: 'RUB' },
  }
  const writeOff = vi.fn(async () => ({ kind: 'written_off' as const, amount: value.difference.missing }))
  const undoWriteOff = vi.fn(async () => ({ kind: 'undone' as const, amount: value.difference.missing }))
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value }), writeOff, undoWriteOff })
  await bot.forge('pay:annas')
  expect(bot.lastScreen().text).toContain('Not paid at the provider: ₽179 missing')
  await bot.tap('🗑 Write it off')
  expect(bot.lastScreen().text).toContain('Anna keeps the subscription')
  expect(writeOff).not.toHaveBeenCalled()
  value = { ...value, writtenOff: value.difference.missing }
  await bot.tap('Yes, write it off')
  expect(writeOff).toHaveBeenCalledWith(1n, payment.id)
  expect(bot.lastScreen().text).toContain('Written off: ₽179')
  await bot.tap('Undo the write-off')
  expect(undoWriteOff).toHaveBeenCalledWith(1n, payment.id)
})

test('a wrong amount that was written off can be brought back, and nothing else is offered for its money', async () => {
  const sum = { minor: 20_000n, currency: 'RUB' as const }
  const lost = { state: 'mismatch' as const, received: sum, writtenOff: sum, decidedAt: payment.createdAt }
  const bot = adminHarness({ inspectPayment: async () => ({ kind: 'seen', value: { ...payment, ...lost } }) })
  await bot.forge('pay:annas')
  const labels = bot.lastScreen().buttons.map(({ text }) => text)
  expect(labels).toContain('↩️ Undo the write-off')
  for (const gone of ['Refund', 'Give what', 'balance', 'Not decided']) expect(labels.join()).not.toContain(gone)
})
