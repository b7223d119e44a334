import { type PaymentProvider, ProviderRefused } from '@vpn-kiosk/domain'
import type { z } from 'zod'
import { askProvider } from '../ask-provider.ts'
import { readAnswer } from '../read-answer.ts'
import { defaultRetryDelaysMs, repeatUnknown } from '../repeat-unknown.ts'

export const testProviderId: PaymentProvider['id'] = 'test'

export interface TestProviderSettings {
  /** Of the simulated pay page, e.g. `http://127.0.0.1:8093/api`. */
  readonly apiUrl: string
  /** Authenticates our calls and signs its webhooks. */
  readonly secret: string
  readonly timeoutMs?: number | undefined
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** The simulated service has no such invoice. */
export class TestInvoiceNotFound extends ProviderRefused {}

/** Every call may be repeated: the simulated service keeps one invoice for each of our payment ids. */
export type CallTestProvider = <T>(request: TestRequest, schema: z.ZodType<T>) => Promise<T>

interface TestRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: unknown
}

export function createTestClient(settings: TestProviderSettings): CallTestProvider {
  const base = settings.apiUrl.replace(/\/+$/, '')
  const askOnce = async ({ method, path, body: sent }: TestRequest): Promise<unknown> => {
    const { status, body } = await askProvider({
      provider: testProviderId,
      method,
      url: base + path,
      headers: { authorization: `Bearer ${settings.secret}` },
      body: sent,
      timeoutMs: settings.timeoutMs ?? 5_000,
    })
    if (status === 404) throw new TestInvoiceNotFound('test has no such invoice')
    if (status >= 400) throw new ProviderRefused(`test refused: HTTP ${status}`)
    return body
  }
  return async (request, schema) => {
    const body = await repeatUnknown(settings.retryDelaysMs ?? defaultRetryDelaysMs, () => askOnce(request))
    return readAnswer(testProviderId, schema, body)
  }
}
