import { addMs, type Clock, isBefore } from '@vpn-kiosk/domain'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import type { ProviderErrors } from '../simulator-server.ts'
import { describeLink, describeTransaction, linkLife, type WataBook } from './book.ts'

/** The error object of the H2H API. */
const describeError = (status: number, message: string, data: object = {}): unknown => ({
  error: {
    code: `H2H:${status}`,
    message,
    details: null,
    data,
    validationErrors: status === 400 ? [{ message, members: [] }] : null,
  },
})

export const wataErrors: ProviderErrors = {
  internal: describeError(500, 'An internal error occurred'),
  accepted: describeError(500, 'An internal error occurred'),
  tooMany: describeError(429, 'Too many requests', { retryAfterSeconds: 30 }),
  describe: (status, message) => describeError(status, message),
}

const least = { RUB: 10, USD: 1, EUR: 1 } as const

/** A JSON number, with at most two decimals as it prints. */
const amountSchema = z
  .number()
  .max(999_999.99)
  .refine((amount) => /^\d+(\.\d{1,2})?$/.test(String(amount)), 'more than two decimals')

const newLinkSchema = z
  .strictObject({
    type: z.literal('OneTime').default('OneTime'),
    amount: amountSchema,
    currency: z.enum(['RUB', 'USD', 'EUR']),
    description: z.string().max(255).default(''),
    orderId: z.string().min(1).max(64),
    successRedirectUrl: z.url().optional(),
    failRedirectUrl: z.url().optional(),
    expirationDateTime: z.iso.datetime(),
  })
  .refine(({ amount, currency }) => amount >= least[currency], 'the amount is below the least one')

const refundSchema = z.strictObject({
  originalTransactionId: z.uuid(),
  amount: amountSchema.refine((amount) => amount > 0),
})

const listSchema = z.object({
  orderId: z.string().optional(),
  skipCount: z.coerce.number().int().min(0).default(0),
  maxResultCount: z.coerce.number().int().min(1).max(1000).default(10),
})

export interface WataApi {
  readonly book: WataBook
  readonly clock: Clock
  readonly token: string
  readonly tokenExpiresAt: Date
  /** PEM. */
  readonly publicKey: () => string
  /** A terminal for digital goods gives nothing back. */
  readonly sellsDigitalGoods: () => boolean
  readonly announce: (reference: string) => Promise<void>
}

const base = '/api/h2h'

/** Links, transactions and refunds of one terminal, under its token; the public key for anybody. */
export function registerWataApi(app: FastifyInstance, api: WataApi): void {
  const { book } = api
  const limit = createReadLimit(api.clock)
  app.addHook('preHandler', async (request, reply) => {
    if (!request.url.startsWith(base) || request.url === `${base}/public-key`) return
    assertToken(api, request)
    return request.method === 'GET' ? limit(request, reply) : undefined
  })
  app.get(`${base}/public-key`, async () => ({ value: api.publicKey() }))
  app.post(`${base}/links`, async (request) => describeLink(book.open(readNewLink(api.clock, request.body))))
  app.get(`${base}/links/`, async ({ query }) => listPage(query, book.links(), ({ orderId }) => orderId, describeLink))
  app.get<{ Params: { id: string } }>(`${base}/links/:id`, async ({ params: { id } }) => {
    const link = book.links().find(({ reference }) => reference === id)
    if (!link) throw new ApiError(404, 'There is no such link')
    return describeLink(link)
  })
  app.get(`${base}/transactions/`, async ({ query }) =>
    listPage(query, book.transactions(), ({ link }) => link.orderId, describeTransaction),
  )
  app.post(`${base}/refunds`, async ({ body }) => {
    const { originalTransactionId, amount } = readRequest(refundSchema, body)
    if (api.sellsDigitalGoods()) throw new ApiError(400, 'Refunds are not available for this terminal')
    const refund = book.refund(originalTransactionId, String(amount))
    if (!refund) throw new ApiError(400, 'The amount exceeds what is left of the payment')
    void api.announce(refund.link.reference)
    return describeTransaction(refund)
  })
}

function assertToken({ token, tokenExpiresAt, clock }: WataApi, { headers }: FastifyRequest): void {
  if (headers.authorization !== `Bearer ${token}`) throw new ApiError(401, 'Unauthorized')
  if (!isBefore(clock.now(), tokenExpiresAt)) throw new ApiError(401, 'Unauthorized')
}

const restSeconds = 30

/** One look at one thing in half a minute: at an order whatever else is asked of it, or else at one address. */
function createReadLimit(clock: Clock): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const lastAt = new Map<string, Date>()
  return async ({ url, query }, reply) => {
    const { orderId } = listSchema.pick({ orderId: true }).parse(query)
    const thing = orderId === undefined ? url : `${url.split('?')[0]} ${orderId}`
    const freeAt = addMs(lastAt.get(thing) ?? new Date(0), restSeconds * 1000)
    const seconds = Math.ceil((freeAt.getTime() - clock.now().getTime()) / 1000)
    if (seconds <= 0) return void lastAt.set(thing, clock.now())
    const body = describeError(429, 'Too many requests', { retryAfterSeconds: seconds })
    return reply.code(429).header('retry-after', String(seconds)).send(body)
  }
}

function readNewLink(clock: Clock, body: unknown): Parameters<WataBook['open']>[0] {
  const asked = readRequest(newLinkSchema, body)
  const expiresAt = new Date(asked.expirationDateTime)
  const { from, to } = linkLife(clock.now())
  if (!isBefore(from, expiresAt) || isBefore(to, expiresAt))
    throw new ApiError(400, 'expirationDateTime is out of range')
  return {
    orderId: asked.orderId,
    asked: { value: asked.amount.toFixed(2), currency: asked.currency },
    description: asked.description,
    returnUrl: asked.successRedirectUrl ?? '',
    expiresAt,
  }
}

/** Newest first. */
function listPage<T>(
  query: unknown,
  all: readonly T[],
  orderOf: (one: T) => string,
  describe: (one: T) => unknown,
): unknown {
  const { orderId, skipCount, maxResultCount } = readRequest(listSchema, query)
  const fitting = all.toReversed().filter((one) => orderId === undefined || orderOf(one) === orderId)
  return { totalCount: fitting.length, items: fitting.slice(skipCount, skipCount + maxResultCount).map(describe) }
}

function readRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ApiError(400, `${issue?.path.join('.')}: ${issue?.message ?? 'invalid request'}`)
}
