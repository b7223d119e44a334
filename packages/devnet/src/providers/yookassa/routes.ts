import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { describePayment, describeRefund, type Payment, type YookassaBook } from './book.ts'
import type { RunOnce } from './idempotence.ts'

const amountSchema = z.strictObject({ value: z.string().regex(/^\d{1,10}\.\d{2}$/), currency: z.literal('RUB') })

const receiptSchema = z.looseObject({ items: z.array(z.looseObject({})) })

/** A receipt as 54-FZ wants it; one that does not fit is refused with one text, whatever is wrong. */
const legalReceiptSchema = z.strictObject({
  customer: z.strictObject({ email: z.email().max(200) }),
  items: z
    .array(
      z.strictObject({
        description: z.string().min(1).max(128),
        quantity: z.string().regex(/^\d+\.\d{2}$/),
        amount: amountSchema,
        vat_code: z.int().min(1).max(12),
        payment_subject: z.string(),
        payment_mode: z.string(),
      }),
    )
    .min(1),
  tax_system_code: z.int().min(1).max(6).optional(),
})

/** The body of `POST /payments`, as strict as the documents: sums are text with two decimals, metadata is text. */
const newPaymentSchema = z.strictObject({
  amount: amountSchema.refine(({ value }) => !/^0+\./.test(value), 'less than one rouble'),
  capture: z.boolean().default(false),
  confirmation: z.strictObject({
    type: z.literal('redirect'),
    return_url: z.url().max(2048),
    locale: z.enum(['ru_RU', 'en_US']).optional(),
  }),
  description: z.string().max(128).default(''),
  metadata: z
    .record(z.string().max(32), z.string().max(512))
    .refine((entries) => Object.keys(entries).length <= 16, 'more than 16 keys')
    .default({}),
  payment_method_data: z.strictObject({ type: z.string().max(40) }).optional(),
  receipt: receiptSchema.optional(),
  save_payment_method: z.boolean().optional(),
  merchant_customer_id: z.string().max(200).optional(),
})

/** A charge of what was saved has no page: neither a way to pay nor a way back. */
const newChargeSchema = newPaymentSchema
  .omit({ confirmation: true, payment_method_data: true, save_payment_method: true })
  .extend({ payment_method_id: z.string().max(64) })

const captureSchema = z.strictObject({ amount: amountSchema.optional() })

const newRefundSchema = z.strictObject({
  payment_id: z.string().max(64),
  amount: amountSchema.refine(({ value }) => !/^0+\.00$/.test(value), 'nothing'),
  description: z.string().max(250).default(''),
  receipt: receiptSchema.optional(),
})

const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  cursor: z.coerce.number().int().min(0).default(0),
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']).optional(),
})

const codes: Readonly<Record<number, string>> = {
  400: 'invalid_request',
  401: 'invalid_credentials',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
}

/** The error object of API v3. */
function describeError(status: number, description: string, parameter?: string): Record<string, unknown> {
  const code = codes[status] ?? 'internal_server_error'
  return { type: 'error', id: randomUUID(), code, description, ...(parameter !== undefined && { parameter }) }
}

export const yookassaErrors: ProviderErrors = {
  internal: describeError(500, 'Internal error'),
  accepted: { type: 'processing', description: 'Still processing', retry_after: 50 },
  tooMany: describeError(429, 'Too many requests'),
  describe: describeError,
}

export interface YookassaApi {
  readonly book: YookassaBook
  readonly runOnce: RunOnce
  readonly shopId: string
  readonly secretKey: string
  readonly announce: (reference: string) => Promise<void>
}

type ById = FastifyRequest<{ Params: { id: string } }>

/** The payments of API v3, under Basic authentication. */
export function registerYookassaApi(app: FastifyInstance, api: YookassaApi): void {
  const { book } = api
  app.get('/v3/me', async (request) => {
    assertKeys(api, request)
    return {
      account_id: api.shopId,
      test: true,
      status: 'enabled',
      fiscalization: { enabled: book.isFiscal() },
      payment_methods: book.methods(),
    }
  })
  app.post('/v3/payments', async (request) => {
    assertKeys(api, request)
    return once(api, request, () => describePayment(makePayment(api, request.body)))
  })
  app.get('/v3/payments', async (request) => {
    assertKeys(api, request)
    return listPayments(book, request.query)
  })
  app.get('/v3/payments/:id', async (request: ById) => {
    assertKeys(api, request)
    return describePayment(getPayment(book, request.params.id))
  })
  app.post('/v3/payments/:id/capture', async (request: ById) => {
    assertKeys(api, request)
    return once(api, request, () => capture(api, getPayment(book, request.params.id), request.body))
  })
  app.post('/v3/refunds', async (request) => {
    assertKeys(api, request)
    return once(api, request, () => refund(api, request.body))
  })
  app.get('/v3/refunds/:id', async (request: ById) => {
    assertKeys(api, request)
    const found = book.findRefund(request.params.id)
    if (!found) throw new ApiError(404, 'Refund is not found', 'refund_id')
    return describeRefund(found)
  })
}

function assertKeys(api: YookassaApi, request: FastifyRequest): void {
  const expected = `Basic ${Buffer.from(`${api.shopId}:${api.secretKey}`).toString('base64')}`
  if (request.headers.authorization !== expected) throw new ApiError(401, 'Error in shopId or secret key')
}

function once(api: YookassaApi, request: FastifyRequest, run: () => unknown): unknown {
  const key = request.headers['idempotence-key']
  if (typeof key !== 'string' || key.length === 0 || key.length > 64) {
    throw new ApiError(400, 'Idempotence key is absent or too long', 'Idempotence-Key')
  }
  const outcome = api.runOnce(key, [request.url, request.body], run)
  if (outcome.kind === 'done') return outcome.result
  throw new ApiError(400, 'Idempotence key duplicated', 'Idempotence-Key')
}

function makePayment(api: YookassaApi, body: unknown): Payment {
  const isCharge = typeof body === 'object' && body !== null && 'payment_method_id' in body
  return isCharge ? charge(api, body) : api.book.open(readNewPayment(api.book, body))
}

function charge({ book, announce }: YookassaApi, body: unknown): Payment {
  const asked = readRequest(newChargeSchema, body)
  if (!book.maySave()) throw new ApiError(403, "This store can't make recurring payments. Contact the YooKassa manager")
  const saved = book.findSaved(asked.payment_method_id)
  if (!saved) throw new ApiError(400, 'This payment_method_id is not saved', 'payment_method_id')
  assertReceipt(book, asked.receipt, asked.amount.value)
  const { amount, capture: isOneStage, description, metadata, receipt = null } = asked
  const made = { asked: amount, capture: isOneStage, description, metadata, receipt }
  const payment = book.charge({ ...made, method: saved.type, savesMethod: false, returnUrl: '' }, saved)
  void announce(payment.reference)
  return payment
}

function readNewPayment(book: YookassaBook, body: unknown): Parameters<YookassaBook['open']>[0] {
  const asked = readRequest(newPaymentSchema, body)
  const { amount, capture: isOneStage, confirmation, description, metadata } = asked
  const method = asked.payment_method_data?.type ?? null
  if (method !== null && !book.methods().includes(method))
    throw new ApiError(400, `Payment method ${method} is not available`, 'payment_method_data.type')
  const savesMethod = asked.save_payment_method ?? false
  if (savesMethod && !book.maySave())
    throw new ApiError(403, "This store can't make recurring payments. Contact the YooKassa manager")
  assertReceipt(book, asked.receipt, amount.value)
  const receipt = asked.receipt ?? null
  return {
    asked: amount,
    capture: isOneStage,
    description,
    metadata,
    method,
    receipt,
    savesMethod,
    returnUrl: confirmation.return_url,
  }
}

function assertReceipt(book: YookassaBook, receipt: unknown, total: string): void {
  if (receipt === undefined && !book.isFiscal()) return
  const legal = legalReceiptSchema.safeParse(receipt)
  const minorOf = (value: string, quantity: string) =>
    BigInt(value.replace('.', '')) * BigInt(quantity.replace('.', ''))
  const sum = legal.data?.items.reduce((all, { amount, quantity }) => all + minorOf(amount.value, quantity), 0n)
  if (sum !== minorOf(total, '1.00')) throw new ApiError(400, 'Receipt is missing or illegal', 'receipt')
}

function getPayment(book: YookassaBook, id: string): Payment {
  const payment = book.findPayment(id)
  if (!payment) throw new ApiError(404, 'Payment is not found', 'payment_id')
  return payment
}

function capture(api: YookassaApi, payment: Payment, body: unknown): unknown {
  const { amount } = readRequest(captureSchema, body)
  if (!api.book.capture(payment, amount ?? payment.amount)) {
    throw new ApiError(400, `Payment is ${payment.status}, not waiting for capture`, 'status')
  }
  void api.announce(payment.reference)
  return describePayment(payment)
}

function refund({ book, announce }: YookassaApi, body: unknown): unknown {
  const { payment_id, amount, description, receipt } = readRequest(newRefundSchema, body)
  const payment = getPayment(book, payment_id)
  if (amount.value !== payment.amount.value) assertReceipt(book, receipt, amount.value)
  const given = book.refund(payment, amount, description)
  if (!given) throw new ApiError(400, 'The refund amount exceeds what is left of the payment', 'amount')
  if (given.status === 'succeeded') void announce(payment_id)
  return describeRefund(given)
}

/** Newest first, as the real list; the cursor is a position. */
function listPayments(book: YookassaBook, query: unknown): unknown {
  const { limit, cursor, status } = readRequest(listSchema, query)
  const fitting = book
    .payments()
    .reverse()
    .filter((payment) => status === undefined || payment.status === status)
  const items = fitting.slice(cursor, cursor + limit).map(describePayment)
  const hasMore = cursor + limit < fitting.length
  return { type: 'list', items, ...(hasMore && { next_cursor: String(cursor + limit) }) }
}

function readRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ApiError(400, issue?.message ?? 'invalid request', issue?.path.join('.'))
}
