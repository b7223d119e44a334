import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { createTestInvoicesBook, signEvent } from './book.ts'
import { registerTestPayApi } from './routes.ts'

export interface TestPaySimulatorOptions extends SimulatorOptions {
  /** Default `devnet-test-secret`. */
  readonly secret?: string | undefined
}

export interface TestPaySimulator extends ProviderSimulator {
  readonly secret: string
  /** The headers with which the provider would send this body. */
  sign(body: string | Uint8Array): Record<string, string>
}

/** The service behind the `test` provider; its page also offers to pay half, double or in another currency. */
export async function startTestPaySimulator(options: TestPaySimulatorOptions): Promise<TestPaySimulator> {
  const { secret = 'devnet-test-secret', clock } = options
  const describe = (status: number, message: string) => ({ error: { status, message } })
  const simulator = await startSimulator((pageUrl) => {
    const book = createTestInvoicesBook({ clock, secret, pageUrl })
    return {
      apiPath: '/api',
      book,
      look: { title: 'Test Pay', accent: '#7a4dff', offersMistakes: true },
      errors: {
        internal: describe(500, 'failed'),
        accepted: describe(202, 'later'),
        tooMany: describe(429, 'slow down'),
        describe,
      },
      registerApi: (app) => registerTestPayApi(app, book, secret),
    }
  }, options)
  return { ...simulator, secret, sign: (body) => signEvent(secret, body) }
}
