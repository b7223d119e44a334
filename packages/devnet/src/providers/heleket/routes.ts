import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { describeHeleketInvoice, type HeleketBook } from './book.ts'

const describeError = (_status: number, message: string): unknown => ({ state: 1, message })

export const heleketErrors: ProviderErrors = {
  internal: describeError(500, 'Server error'),
  accepted: describeError(500, 'Server error'),
  tooMany: describeError(429, 'Too many requests'),
  describe: describeError,
}

const newInvoiceSchema = z.strictObject({
  amount: z.string().regex(/^\d{1,10}(\.\d{1,2})?$/),
  currency: z.enum(['RUB', 'USD', 'EUR']),
  order_id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  url_callback: z.url().max(255).optional(),
  url_return: z.url().max(255).optional(),
  url_success: z.url().max(255).optional(),
  lifetime: z.number().int().min(300).max(43_200).default(3600),
  is_payment_multiple: z.boolean().default(true),
})

const infoSchema = z.object({ uuid: z.string().optional(), order_id: z.string().optional() })

export interface HeleketApi {
  readonly book: HeleketBook
  readonly merchant: string
  readonly apiKey: string
}

/** `POST /v1/payment` and `/v1/payment/info`, signed over the bytes of their bodies. */
export function registerHeleketApi(root: FastifyInstance, { book, merchant, apiKey }: HeleketApi): void {
  root.register(async (app) => {
    app.removeContentTypeParser('application/json')
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    const read = <T>(request: FastifyRequest, schema: z.ZodType<T>): T => {
      const text = String(request.body ?? '')
      const sign = createHash('md5')
        .update(Buffer.from(text).toString('base64') + apiKey)
        .digest('hex')
      if (request.headers.merchant !== merchant || request.headers.sign !== sign)
        throw new ApiError(401, 'Invalid Sign.')
      const parsed = schema.safeParse(JSON.parse(text))
      if (parsed.success) return parsed.data
      throw new ApiError(422, `The ${parsed.error.issues[0]?.path.join('.')} is invalid`)
    }
    app.post('/v1/payment', async (request) => {
      const asked = read(request, newInvoiceSchema)
      const invoice = book.ensure({
        orderId: asked.order_id,
        asked: { value: asked.amount, currency: asked.currency },
        returnUrl: asked.url_return ?? '',
        callbackUrl: asked.url_callback ?? null,
        isMultiple: asked.is_payment_multiple,
        lifetimeMs: asked.lifetime * 1000,
      })
      return { state: 0, result: describeHeleketInvoice(invoice) }
    })
    app.post('/v1/payment/info', async (request) => {
      const { uuid, order_id: orderId } = read(request, infoSchema)
      const invoice = book.findInvoice({ uuid, orderId })
      if (!invoice) throw new ApiError(404, 'Payment not found')
      return { state: 0, result: describeHeleketInvoice(invoice) }
    })
  })
}
