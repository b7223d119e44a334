import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { type CryptobotBook, describeCryptoInvoice } from './book.ts'

const describeError = (status: number, message: string): unknown => ({
  ok: false,
  error: { code: status, name: /^[A-Z_]+$/.test(message) ? message : 'BAD_REQUEST' },
})

export const cryptobotErrors: ProviderErrors = {
  internal: describeError(500, 'INTERNAL_ERROR'),
  accepted: describeError(500, 'INTERNAL_ERROR'),
  tooMany: describeError(429, 'TOO_MANY_REQUESTS'),
  describe: describeError,
}

const newInvoiceSchema = z.object({
  currency_type: z.literal('fiat'),
  fiat: z.enum(['RUB', 'USD', 'EUR']),
  accepted_assets: z
    .string()
    .regex(/^(USDT|TON|BTC|ETH|LTC|BNB|TRX|USDC|JET)(,(USDT|TON|BTC|ETH|LTC|BNB|TRX|USDC|JET))*$/)
    .optional(),
  amount: z.string().regex(/^\d{1,10}(\.\d{1,2})?$/),
  description: z.string().max(1024).default(''),
  payload: z.string().max(4096).default(''),
  expires_in: z.coerce.number().int().min(1).max(2_678_400).optional(),
  paid_btn_name: z.enum(['viewItem', 'openChannel', 'openBot', 'callback']).optional(),
  paid_btn_url: z.url().optional(),
})

const listSchema = z.object({
  invoice_ids: z
    .string()
    .regex(/^\d+(,\d+)*$/)
    .optional(),
  status: z.enum(['active', 'paid']).optional(),
  fiat: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(1).max(1000).default(100),
})

type Method = (book: CryptobotBook, parameters: unknown) => unknown

const methods: Readonly<Record<string, Method>> = {
  getMe: () => ({ app_id: 4242, name: 'VPN Kiosk', payment_processing_bot_username: 'CryptoTestnetBot' }),
  getExchangeRates: () =>
    [
      ['RUB', '80.00'],
      ['USD', '0.999'],
      ['EUR', '0.92'],
    ].map(([target, rate]) => ({ is_valid: true, is_crypto: true, is_fiat: false, source: 'USDT', target, rate })),
  createInvoice: (book, parameters) => {
    const asked = readParameters(newInvoiceSchema, parameters)
    if ((asked.paid_btn_name === undefined) !== (asked.paid_btn_url === undefined)) {
      throw new ApiError(400, 'PAID_BTN_URL_REQUIRED')
    }
    return describeCryptoInvoice(
      book.open({
        asked: { value: asked.amount, currency: asked.fiat },
        description: asked.description,
        payload: asked.payload,
        returnUrl: asked.paid_btn_url ?? '',
        expiresInSeconds: asked.expires_in ?? null,
      }),
    )
  },
  getInvoices: (book, parameters) => {
    const { invoice_ids, status, fiat, offset, count } = readParameters(listSchema, parameters)
    const ids = invoice_ids?.split(',')
    const fitting = book
      .invoices()
      .reverse()
      .filter(
        (invoice) =>
          (!ids || ids.includes(invoice.reference)) &&
          (!status || invoice.status === status) &&
          (!fiat || invoice.asked.currency === fiat),
      )
    return { items: fitting.slice(offset, offset + count).map(describeCryptoInvoice) }
  },
}

/** Crypto Pay API: `GET` or `POST /api/<method>`, parameters in the query or in a JSON or form body. */
export function registerCryptobotApi(app: FastifyInstance, book: CryptobotBook, token: string): void {
  app.route<{ Params: { method: string } }>({
    method: ['GET', 'POST'],
    url: '/api/:method',
    handler: async (request) => ({ ok: true, result: callMethod(book, token, request) }),
  })
}

function callMethod(
  book: CryptobotBook,
  token: string,
  request: FastifyRequest<{ Params: { method: string } }>,
): unknown {
  if (request.headers['crypto-pay-api-token'] !== token) throw new ApiError(401, 'UNAUTHORIZED')
  const name = request.params.method
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!method) throw new ApiError(404, 'METHOD_NOT_FOUND')
  return method(book, { ...(request.query as object), ...(request.body as object | undefined) })
}

function readParameters<T>(schema: z.ZodType<T>, parameters: unknown): T {
  const parsed = schema.safeParse(parameters)
  if (parsed.success) return parsed.data
  const field = String(parsed.error.issues[0]?.path[0] ?? 'parameters')
  throw new ApiError(400, `${field.toUpperCase()}_INVALID`)
}
