import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { describeTestInvoice, type TestPayBook } from './book.ts'

const describeError = (status: number, message: string): unknown => ({ error: { status, message } })

export const testPayErrors: ProviderErrors = {
  internal: describeError(500, 'failed'),
  accepted: describeError(202, 'later'),
  tooMany: describeError(429, 'slow down'),
  describe: describeError,
}

const newInvoiceSchema = z.strictObject({
  payment_id: z.string().min(1).max(64),
  amount: z.strictObject({ value: z.string().regex(/^\d{1,10}\.\d{2}$/), currency: z.enum(['RUB', 'USD', 'EUR']) }),
  description: z.string().max(128),
  return_url: z.url(),
  expires_at: z.iso.datetime(),
})

/** `GET /api/me`, `POST /api/invoices`, `GET /api/invoices/:id`, all under the bearer secret. */
export function registerTestPayApi(app: FastifyInstance, book: TestPayBook, secret: string): void {
  const assertSecret = (request: FastifyRequest) => {
    if (request.headers.authorization !== `Bearer ${secret}`) throw new ApiError(401, 'wrong secret')
  }
  app.get('/api/me', async (request) => {
    assertSecret(request)
    return { name: 'test' }
  })
  app.post('/api/invoices', async (request) => {
    assertSecret(request)
    const asked = newInvoiceSchema.safeParse(request.body)
    if (!asked.success) throw new ApiError(400, `invalid ${asked.error.issues[0]?.path.join('.')}`)
    const { payment_id, amount, description, return_url, expires_at } = asked.data
    const invoice = {
      paymentId: payment_id,
      asked: amount,
      description,
      returnUrl: return_url,
      expiresAt: new Date(expires_at),
    }
    return describeTestInvoice(book.ensure(invoice))
  })
  app.get<{ Params: { id: string } }>('/api/invoices/:id', async (request) => {
    assertSecret(request)
    const invoice = book.findInvoice(request.params.id)
    if (!invoice) throw new ApiError(404, 'no such invoice')
    return describeTestInvoice(invoice)
  })
}
