import { type PaymentProvider, ProviderBusy, ProviderRefused, ReceiptRefused, SavedMethodGone } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { readAnswer } from '../read-answer.ts'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'
import type { ReceiptSettings } from './receipt.ts'

export const yookassaId: PaymentProvider['id'] = 'yookassa'

/** Production and test shops share this address; the keys tell them apart. */
export const yookassaApiUrl = 'https://api.yookassa.ru/v3'

export interface YookassaSettings {
  readonly shopId: string
  readonly secretKey: string
  /** Default: `yookassaApiUrl`. */
  readonly apiUrl?: string | undefined
  /** Addresses or CIDR blocks that webhooks may come from. Default: `yookassaWebhookSources`. */
  readonly allowedIps?: readonly string[] | undefined
  /** Default: no VAT, a service that is paid for in full. */
  readonly receipts?: ReceiptSettings | undefined
  /** For each attempt; the provider itself gives up after 30 s. Default: 10 s. */
  readonly timeoutMs?: number | undefined
  /** Pauses between repeats of a call whose outcome is unknown. */
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** There is no such object in this shop's account. */
export class YookassaNotFound extends ProviderRefused {}

/** The shop's account may not do this, such as keep what was paid with. */
export class YookassaForbidden extends ProviderRefused {}

/** The key is that of an earlier call, which asked for something else. */
export class YookassaKeyTaken extends ProviderRefused {}

/** The API under Basic authentication; every call is repeated, unchanged, while its outcome is unknown. */
export interface YookassaClient {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>
  /** `idempotenceKey`: at most 64 characters; within 24 h the same key returns the first call's result. */
  post<T>(path: string, idempotenceKey: string, body: unknown, schema: z.ZodType<T>): Promise<T>
}

interface Request {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

export function createYookassaClient(settings: YookassaSettings): YookassaClient {
  const call = async <T>(request: Request, schema: z.ZodType<T>): Promise<T> => {
    const body = await repeatUnknown(settings.retryDelaysMs ?? defaultRetryDelaysMs, () => callOnce(settings, request))
    return readAnswer(yookassaId, schema, body)
  }
  return {
    get: (path, schema) => call({ method: 'GET', path }, schema),
    post: (path, idempotenceKey, body, schema) =>
      call({ method: 'POST', path, headers: { 'idempotence-key': idempotenceKey }, body }, schema),
  }
}

async function callOnce(settings: YookassaSettings, request: Request): Promise<unknown> {
  const keys = Buffer.from(`${settings.shopId}:${settings.secretKey}`).toString('base64')
  const { status, body } = await askProvider({
    provider: yookassaId,
    method: request.method,
    url: (settings.apiUrl ?? yookassaApiUrl).replace(/\/+$/, '') + request.path,
    headers: { authorization: `Basic ${keys}`, ...request.headers },
    body: request.body,
    timeoutMs: settings.timeoutMs ?? 10_000,
  })
  if (status === 202) throw new ProviderBusy('yookassa is still working on it (HTTP 202)', readRetryAfterMs(body))
  if (status === 404) throw new YookassaNotFound(`yookassa refused: ${describeRefusal(status, body)}`)
  if (status >= 400) {
    const refusal = `yookassa refused: ${describeRefusal(status, body)}`
    if (status === 403) throw new YookassaForbidden(refusal)
    if (isAbout('payment_method_id', body)) throw new SavedMethodGone(refusal)
    if (isAbout('Idempotence-Key', body)) throw new YookassaKeyTaken(refusal)
    throw isAboutReceipt(body) ? new ReceiptRefused(refusal) : new ProviderRefused(refusal)
  }
  return body
}

const processingSchema = z.looseObject({ retry_after: z.number().nonnegative() })

function readRetryAfterMs(body: unknown): number | null {
  const parsed = processingSchema.safeParse(body)
  return parsed.success ? parsed.data.retry_after : null
}

const errorSchema = z.looseObject({
  code: z.string(),
  description: z.string().optional(),
  parameter: z.string().optional(),
})

/** YooKassa has one text for a receipt that is missing and for one that it does not take. */
function isAboutReceipt(body: unknown): boolean {
  const parsed = errorSchema.safeParse(body)
  if (!parsed.success || parsed.data.code !== 'invalid_request') return false
  const { description = '', parameter = '' } = parsed.data
  return parameter.startsWith('receipt') || description.startsWith('Receipt is missing or illegal')
}

function isAbout(parameter: string, body: unknown): boolean {
  const parsed = errorSchema.safeParse(body)
  return parsed.success && parsed.data.code === 'invalid_request' && parsed.data.parameter === parameter
}

/** `HTTP 400 invalid_request (amount.value): …`, for the operator's log. */
function describeRefusal(status: number, body: unknown): string {
  const parsed = errorSchema.safeParse(body)
  if (!parsed.success) return `HTTP ${status}`
  const { code, description, parameter } = parsed.data
  return `HTTP ${status} ${code}${parameter ? ` (${parameter})` : ''}: ${description ?? ''}`.slice(0, 300)
}
