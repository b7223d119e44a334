import type { ShownInvoice } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { clientHarness, translations } from '../testing/client-harness.ts'
import { fakeShop, monthPlan } from '../testing/fake-shop.ts'
import { editInvoiceMessages } from './edit-invoice-messages.ts'

const shown: ShownInvoice = {
  botId: 1,
  chatId: 5551,
  messageId: 7,
  paymentId: 'pay_0123456789abcdefghjk',
  state: 'paid',
  isOrderPaid: true,
  reason: null,
  planId: monthPlan.id,
  planTitle: monthPlan.title,
  language: 'en',
}

async function edited(message: Partial<ShownInvoice>) {
  const bot = clientHarness()
  const edits: { text: string; buttons: string[] }[] = []
  const forgetInvoiceMessage = vi.fn(async () => {})
  const editMessageText = vi.fn(async (_chat: unknown, _id: unknown, text: string, other?: object) => {
    edits.push({ text, buttons: JSON.stringify(other) ? [JSON.stringify(other)] : [] })
    return true as const
  })
  const shop = fakeShop({ listInvoiceMessages: async () => [{ ...shown, ...message }], forgetInvoiceMessage })
  const api = Object.assign(Object.create(bot.bot.api), { editMessageText })
  await editInvoiceMessages({ shop, api, botId: 1, translations })({ orderId: 'ord_0123456789abcdefghjk' })
  return { edits, forgetInvoiceMessage }
}

test.each([
  [{}, '1 month — paid'],
  [{ state: 'pending' as const }, 'paid another way'],
  [{ state: 'expired' as const, isOrderPaid: false, reason: 'expired' as const }, 'The time to pay is over'],
  [{ state: 'canceled' as const, isOrderPaid: false, reason: 'declined' as const }, 'The bank declined'],
  [{ state: 'mismatch' as const, isOrderPaid: false }, '1 month — the amount differs'],
])('%j is said on the invoice, which loses its pay button', async (message, sentence) => {
  const { edits, forgetInvoiceMessage } = await edited(message)
  expect(edits[0]?.text).toContain(sentence)
  expect(edits[0]?.buttons.join()).not.toContain('"url"')
  expect(forgetInvoiceMessage).toHaveBeenCalledTimes(1)
})

test('an invoice that can still be paid is left alone', async () => {
  const { edits, forgetInvoiceMessage } = await edited({ state: 'pending', isOrderPaid: false })
  expect(edits).toEqual([])
  expect(forgetInvoiceMessage).not.toHaveBeenCalled()
})
