import { money } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness } from '../../testing/client-harness.ts'
import { anna, monthPlan, offering } from '../../testing/fake-shop.ts'

const saving = () => vi.fn<Shop['saveReceiptEmail']>(async (_, email) => ({ kind: 'saved', email }))
const invoice = {
  kind: 'invoice' as const,
  paymentId: 'pay_0123456789abcdefghjk' as const,
  orderId: 'ord_0123456789abcdefghjk' as const,
  url: 'https://pay.example/1',
  plan: monthPlan,
  amount: monthPlan.price,
  providerId: 'yookassa',
  expiresAt: new Date('2026-11-21T11:05:00Z'),
}

test('before the first invoice the address is asked for, and the purchase goes on with the same press', async () => {
  const startPurchase = vi.fn<Shop['startPurchase']>(async () => invoice)
  startPurchase.mockResolvedValueOnce({ kind: 'needs_email', plan: monthPlan, providerId: 'yookassa' })
  const saveReceiptEmail = saving()
  const bot = clientHarness({ startPurchase, saveReceiptEmail, listPaymentMethods: offering('yookassa', 'cryptobot') })
  await bot.command('buy')
  await bot.tap('1 month')
  await bot.tap('Bank card')
  expect(bot.lastScreen().text).toContain('Where should the receipt go?')
  await bot.text('anna@mail.ru')
  expect(saveReceiptEmail).toHaveBeenCalledWith(anna.id, 'anna@mail.ru')
  await bot.text('anna@mail.com')
  expect(bot.lastScreen().text).toContain('Receipts go to anna@mail.com')
  await bot.tap('Go on to the payment')
  expect(bot.lastScreen().buttons[0]).toMatchObject({ url: 'https://pay.example/1' })
  const [first, second] = startPurchase.mock.calls
  expect(second).toEqual(first)
})

test('a top-up asks for it too, and goes on with the same amount', async () => {
  const startTopUp = vi.fn<Shop['startTopUp']>(async () => ({ kind: 'provider_refused' }))
  startTopUp.mockResolvedValueOnce({ kind: 'needs_email' })
  const bot = clientHarness({ startTopUp, saveReceiptEmail: saving(), listPaymentMethods: offering('yookassa') })
  await bot.command('balance')
  await bot.tap('₽300')
  expect(bot.lastScreen().text).toContain('Where should the receipt go?')
  await bot.text('anna@mail.ru')
  await bot.tap('Go on to the payment')
  expect(startTopUp.mock.calls[1]?.[0]).toMatchObject({ amount: money(30_000n, 'RUB'), providerId: 'yookassa' })
})

test('an address is seen, changed and forgotten by its owner', async () => {
  const deleteReceiptEmail = vi.fn(async () => {})
  const saveReceiptEmail = saving()
  const getReceiptEmail = async () => ({ email: 'anna@mail.ru', isNeeded: true })
  const bot = clientHarness({ getReceiptEmail, saveReceiptEmail, deleteReceiptEmail })
  await bot.command('balance')
  await bot.tap('E-mail for receipts')
  expect(bot.lastScreen().text).toContain('Receipts go to anna@mail.ru')
  await bot.text('new@mail.ru')
  expect(saveReceiptEmail).toHaveBeenCalledWith(anna.id, 'new@mail.ru')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).toEqual(['🏠 Main menu'])
  await bot.command('email')
  await bot.tap('Forget the address')
  expect(deleteReceiptEmail).toHaveBeenCalledExactlyOnceWith(anna.id)
  expect(bot.lastScreen().text).toContain('forgotten')
})

test('a shop without receipts says that none is needed, and shows no button for it', async () => {
  const bot = clientHarness({})
  await bot.command('balance')
  expect(bot.lastScreen().buttons.map(({ text }) => text)).not.toContain('🧾 E-mail for receipts')
  await bot.command('email')
  expect(bot.lastScreen().text).toContain('No e-mail is needed')
})

test.each([
  ['invalid_email', "doesn't look like an e-mail"],
  ['banned', 'blocked'],
] as const)('%s is said, and the address can be written again', async (kind, words) => {
  const saveReceiptEmail = vi.fn<Shop['saveReceiptEmail']>(async () => ({ kind }))
  const bot = clientHarness({ saveReceiptEmail })
  await bot.command('email')
  await bot.text('x'.repeat(4000))
  expect(bot.lastScreen().text).toContain(words)
  await bot.text('again')
  expect(saveReceiptEmail).toHaveBeenCalledTimes(2)
})
