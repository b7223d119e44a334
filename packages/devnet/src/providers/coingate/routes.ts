import { type Clock, hourMs, minuteMs } from '@vpn-kiosk/domain'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { type CoingateBook, describeOrder, type NewCoingateOrder } from './book.ts'

const reasons: Readonly<Record<number, string>> = {
  401: 'BadCredentials',
  404: 'OrderNotFound',
  422: 'OrderIsNotValid',
  429: 'RateLimitException',
}

/** `reason` is for programs; an order that is not valid also says why. */
const describeError = (status: number, message: string): unknown => ({
  message,
  reason: reasons[status] ?? 'InternalServerError',
  ...(status === 422 && { errors: [message] }),
})

export const coingateErrors: ProviderErrors = {
  internal: describeError(500, 'Something wrong in CoinGate'),
  accepted: describeError(500, 'Something wrong in CoinGate'),
  tooMany: describeError(429, 'API request limit is exceeded'),
  describe: describeError,
}

const newOrderSchema = z.strictObject({
  order_id: z.string().default(''),
  price_amount: z.coerce.number().positive(),
  price_currency: z.enum(['EUR', 'USD']),
  receive_currency: z
    .string()
    .regex(/^[A-Z_]{3,20}$/)
    .optional(),
  title: z.string().min(3).max(150),
  description: z.string().min(3).max(500),
  callback_url: z.url().optional(),
  success_url: z.url().optional(),
  cancel_url: z.url().optional(),
  token: z.string().default(''),
})

const listSchema = z.object({
  per_page: z.coerce.number().int().min(1).max(100).default(100),
  page: z.coerce.number().int().min(1).default(1),
  sort: z.enum(['created_at_asc', 'created_at_desc']).default('created_at_desc'),
  'created_at[from]': z.iso.date().default('2000-01-01'),
})

const callsPerMinute = 200
const ordersPerHour = 500

export interface CoingateApi {
  readonly book: CoingateBook
  readonly token: string
  readonly clock: Clock
}

/** The orders of API v2, under `Authorization: Token`; bodies are JSON or forms. */
export function registerCoingateApi(app: FastifyInstance, { book, token, clock }: CoingateApi): void {
  const calls = createLimit(clock, callsPerMinute, minuteMs)
  const opened = createLimit(clock, ordersPerHour, hourMs)
  const admit = (request: FastifyRequest) => {
    if (request.headers.authorization !== `Token ${token}`) throw new ApiError(401, 'Not found App by Access-Key')
    if (!calls()) throw new ApiError(429, 'API request limit is exceeded')
  }
  app.post('/api/v2/orders', async (request) => {
    admit(request)
    const order = readNewOrder(request.body)
    if (!opened()) throw new ApiError(422, 'Too many orders')
    return describeOrder(book.open(order))
  })
  app.get('/api/v2/orders', async (request) => {
    admit(request)
    return listOrders(book, request.query)
  })
  app.get<{ Params: { id: string } }>('/api/v2/orders/:id', async (request) => {
    admit(request)
    const order = book.findOrder(request.params.id)
    if (!order) throw new ApiError(404, 'Order not found')
    return describeOrder(order)
  })
}

/** True for the first so many in a span of time. */
function createLimit(clock: Clock, most: number, spanMs: number): () => boolean {
  let [span, count] = [0, 0]
  return () => {
    const now = Math.floor(clock.now().getTime() / spanMs)
    count = now === span ? count + 1 : 1
    span = now
    return count <= most
  }
}

function readNewOrder(body: unknown): NewCoingateOrder {
  const { data: asked, error } = newOrderSchema.safeParse(body)
  if (!asked) throw new ApiError(422, `${error.issues[0]?.path.join('.')}: ${error.issues[0]?.message}`)
  return {
    asked: { value: asked.price_amount.toFixed(2), currency: asked.price_currency },
    orderId: asked.order_id,
    title: asked.title,
    description: asked.description,
    receiveCurrency: asked.receive_currency ?? '',
    callbackUrl: asked.callback_url ?? null,
    returnUrl: asked.success_url ?? '',
    token: asked.token,
  }
}

function listOrders(book: CoingateBook, query: unknown): unknown {
  const { data: asked } = listSchema.safeParse(query)
  if (!asked) throw new ApiError(400, 'Bad request')
  const { page, per_page: perPage, sort } = asked
  const from = new Date(asked['created_at[from]'])
  const fitting = book.orders().filter(({ createdAt }) => createdAt >= from)
  if (sort === 'created_at_desc') fitting.reverse()
  return {
    current_page: page,
    per_page: perPage,
    total_orders: fitting.length,
    total_pages: Math.ceil(fitting.length / perPage),
    orders: fitting.slice((page - 1) * perPage, page * perPage).map(describeOrder),
  }
}
