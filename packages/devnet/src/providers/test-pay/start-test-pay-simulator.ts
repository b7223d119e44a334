import type { ProviderSimulator } from '../provider-simulator.ts'
import { type SimulatorOptions, startSimulator } from '../start-simulator.ts'
import { createTestPayBook, signEvent } from './book.ts'
import { registerTestPayApi, testPayErrors } from './routes.ts'

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
  const simulator = await startSimulator((pageUrl) => {
    const book = createTestPayBook({ clock, secret, pageUrl })
    return {
      apiPath: '/api',
      book,
      look: { title: 'Test Pay', accent: '#7a4dff', offersMistakes: true },
      errors: testPayErrors,
      registerApi: (app) => registerTestPayApi(app, book, secret),
    }
  }, options)
  return { ...simulator, secret, sign: (body) => signEvent(secret, body) }
}
