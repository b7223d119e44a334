import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'
import { describePayment, type Payment, type PaymentsBook } from './book.ts'
import type { RunOnce } from './idempotence.ts'
import { captureSchema, listSchema, newPaymentSchema, readRequest } from './requests.ts'

export interface YookassaApi {
  readonly book: PaymentsBook
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
      fiscalization: { enabled: false },
      payment_methods: ['bank_card', 'sbp'],
    }
  })
  app.post('/v3/payments', async (request) => {
    assertKeys(api, request)
    return once(api, request, () => describePayment(book.open(readNewPayment(request.body))))
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
  throw new ApiError(400, 'Idempotence key was used with another request', 'Idempotence-Key')
}

function readNewPayment(body: unknown): Parameters<PaymentsBook['open']>[0] {
  const { amount, capture: isOneStage, confirmation, description, metadata } = readRequest(newPaymentSchema, body)
  return { asked: amount, capture: isOneStage, description, metadata, returnUrl: confirmation.return_url }
}

function getPayment(book: PaymentsBook, id: string): Payment {
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

/** Newest first, as the real list; the cursor is a position. */
function listPayments(book: PaymentsBook, query: unknown): unknown {
  const { limit, cursor, status } = readRequest(listSchema, query)
  const fitting = book
    .payments()
    .reverse()
    .filter((payment) => status === undefined || payment.status === status)
  const items = fitting.slice(cursor, cursor + limit).map(describePayment)
  const hasMore = cursor + limit < fitting.length
  return { type: 'list', items, ...(hasMore && { next_cursor: String(cursor + limit) }) }
}
