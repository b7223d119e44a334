import { CustomerEntity, PaymentEntity, ProviderHealthEntity } from '@vpn-kiosk/db'
import {
  type Customer,
  type InvoiceRequest,
  minuteMs,
  money,
  ReceiptRefused,
  type RefundRequest,
} from '@vpn-kiosk/domain'
import { createFakeProvider, createTestShop, type FakeProvider, type TestShop } from '@vpn-kiosk/shop/testing'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { createShop, type Shop } from '../src/index.ts'

const owner = 1n
let world: TestShop
let bank: FakeProvider
let asked: InvoiceRequest[]
let refunded: RefundRequest[]
let isFiscal: boolean
let shop: Shop
let anna: Customer

beforeEach(async () => {
  world = await createTestShop(inject('postgresUrl'))
  bank = createFakeProvider('bank')
  asked = []
  refunded = []
  isFiscal = true
  shop = fiscalShop()
  await world.addServer()
  anna = await world.addCustomer()
})
afterEach(() => world.close())

/** A bank that refuses what comes without a receipt as soon as its account is fiscal. */
function fiscalShop() {
  const provider = {
    ...bank,
    sendsReceipts: true as const,
    probe: async () => ({ isTest: null, isEnabled: true, needsReceipts: isFiscal, keyExpiresAt: null }),
    createInvoice: async (request: InvoiceRequest) => {
      asked.push(request)
      if (isFiscal && !request.receiptEmail) throw new ReceiptRefused('HTTP 400: Receipt is missing or illegal')
      return bank.createInvoice(request)
    },
    refundPayment: async (request: RefundRequest) => {
      refunded.push(request)
      if (isFiscal && !request.receiptEmail) throw new ReceiptRefused('HTTP 400: Receipt is missing or illegal')
      return bank.refundPayment(request)
    },
  }
  return createShop({ ...world.deps, providers: new Map([[bank.id, provider]]) })
}

async function probe() {
  world.clock.advance(5 * minuteMs)
  await shop.probeProviders()
}

async function press(requestId = 'press001') {
  const [plan] = await shop.listPlans()
  const of = { customerId: anna.id, planId: plan!.id, providerId: 'bank', requestId }
  return shop.startPurchase({ ...of, returnUrl: 'https://t.me/x', description: 'VPN: 1 month' })
}

const toldStaff = async (): Promise<string[]> => {
  const rows = await world.fixture.database
    .em()
    .execute<{ kind: string }[]>(`select content->>'kind' as kind from alert_events`)
  return rows.map(({ kind }) => kind)
}

test('the address is asked for once, before the first invoice, and goes with each from then on', async () => {
  await probe()
  expect(await press()).toMatchObject({ kind: 'needs_email', providerId: 'bank' })
  expect(asked).toEqual([])
  expect(await shop.saveReceiptEmail(anna.id, ' Anna@mail.ru ')).toEqual({ kind: 'saved', email: 'Anna@mail.ru' })
  const first = await press()
  expect(first).toMatchObject({ kind: 'invoice' })
  const wish = {
    customerId: anna.id,
    providerId: 'bank',
    planId: null,
    requestId: 'press002',
    returnUrl: '',
    description: 'x',
  }
  expect(await shop.startTopUp({ ...wish, amount: money(10_000n, 'RUB') })).toMatchObject({ kind: 'invoice' })
  expect(asked.map(({ receiptEmail }) => receiptEmail)).toEqual(['Anna@mail.ru', 'Anna@mail.ru'])
  const kept = await world.fixture.database.em().find(PaymentEntity, {})
  expect(JSON.stringify(kept.map(({ asked }) => asked))).not.toContain('mail.ru')
  expect(await toldStaff()).toEqual([])
})

test('a top-up asks for it as well', async () => {
  await probe()
  const wish = {
    customerId: anna.id,
    providerId: 'bank',
    planId: null,
    requestId: 'press002',
    returnUrl: '',
    description: 'x',
  }
  expect(await shop.startTopUp({ ...wish, amount: money(10_000n, 'RUB') })).toEqual({ kind: 'needs_email' })
})

test('a shop without receipts asks nobody, and sends no address that it happens to know', async () => {
  isFiscal = false
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  await probe()
  expect(await press()).toMatchObject({ kind: 'invoice' })
  expect(asked.map(({ receiptEmail }) => receiptEmail)).toEqual([undefined])
  expect(await shop.getReceiptEmail(anna.id)).toEqual({ email: 'anna@mail.ru', isNeeded: false })
})

test('a shop whose account became fiscal since the last probe learns it from the refusal, and asks', async () => {
  expect(await press()).toMatchObject({ kind: 'needs_email' })
  expect(await shop.getReceiptEmail(anna.id)).toEqual({ email: null, isNeeded: true })
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  await world.fixture.database.em().nativeUpdate(ProviderHealthEntity, {}, { needsReceipts: false })
  expect(await press()).toMatchObject({ kind: 'invoice' })
  expect(asked.map(({ receiptEmail, refusals }) => [receiptEmail, refusals])).toEqual([
    [undefined, 0],
    [undefined, 1],
    ['anna@mail.ru', 2],
  ])
  expect(await toldStaff()).toEqual([])
})

test('a receipt that is not taken is told to staff', async () => {
  await probe()
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  bank.refuse('HTTP 400: Receipt is missing or illegal')
  expect(await press()).toMatchObject({ kind: 'provider_refused' })
  expect(await toldStaff()).toEqual(['provider_refused'])
})

test('the address is changed, and forgotten on wish, also where it waits with an unanswered request', async () => {
  await probe()
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  await shop.saveReceiptEmail(anna.id, 'anna@example.com')
  bank.loseNextAnswer()
  expect(await press()).toMatchObject({ kind: 'provider_unavailable' })
  await shop.saveReceiptEmail(anna.id, 'third@example.com')
  await shop.deleteReceiptEmail(anna.id)
  await shop.deleteReceiptEmail(anna.id)
  const em = world.fixture.database.em()
  const everything = JSON.stringify(
    [await em.find(PaymentEntity, {}), await em.find(CustomerEntity, {})],
    (_, value) => (typeof value === 'bigint' ? String(value) : value),
  )
  expect(everything).not.toMatch(/@(mail\.ru|example\.com)/)
  expect(await shop.getReceiptEmail(anna.id)).toEqual({ email: null, isNeeded: true })
  expect(await press('press003')).toMatchObject({ kind: 'needs_email' })
})

test('what is no address is refused, and a banned customer saves none', async () => {
  for (const typed of ['', 'anna', 'аnna@mail.ru', 'a@b.ru\nc@d.ru', 'x'.repeat(10_000)])
    expect(await shop.saveReceiptEmail(anna.id, typed)).toEqual({ kind: 'invalid_email' })
  await shop.banCustomer(owner, anna.id)
  expect(await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')).toEqual({ kind: 'banned' })
})

test('staff never see the address', async () => {
  await probe()
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  await press()
  const card = await shop.getCustomerCard(owner, anna.id)
  const payments = await shop.listPayments({ customerId: anna.id })
  const seen = JSON.stringify([card, payments], (_, value) => (typeof value === 'bigint' ? String(value) : value))
  expect(seen).toContain('Anna')
  expect(seen).not.toContain('mail.ru')
})

test('a part is given back with a receipt, and without an address staff hear why not', async () => {
  await probe()
  await shop.saveReceiptEmail(anna.id, 'anna@mail.ru')
  const paid = await press()
  if (paid.kind !== 'invoice') throw new Error(paid.kind)
  bank.pay(`inv-${paid.paymentId}`)
  await shop.settlePayment(paid.paymentId)
  const give = async (requestId: string) => {
    const wish = { paymentId: paid.paymentId, minor: 5_000n, requestId, byHand: false }
    const requested = await shop.requestRefund(owner, wish)
    if (requested.kind !== 'requested') throw new Error(requested.kind)
    return shop.carryOutRefund(requested.refundId)
  }
  expect(await give('r1')).toBe('done')
  await shop.deleteReceiptEmail(anna.id)
  expect(await give('r2')).toBe('failed')
  expect(refunded.map(({ receiptEmail }) => receiptEmail)).toEqual(['anna@mail.ru', undefined])
  expect(await toldStaff()).toContain('refund_failed')
})
