import { type PaymentProvider, ProviderRefused, ProviderUnreachable } from '@vpn-kiosk/domain'
import { createPaymentProviders } from '@vpn-kiosk/payments'
import { describeError } from '../command-line/failures.ts'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'
import { withinLimit } from './within-limit.ts'

const name = 'payments'
const EACH_LIMIT_MS = 9_000

/** Each provider's keys: a line each. */
export const paymentsCheck: Check = {
  name,
  examine: async ({ config, clock }) => {
    const providers = [...createPaymentProviders(config.payments, { clock }).values()]
    if (providers.length === 0) {
      return [notSet(name, 'no provider has keys: customers cannot pay', 'put the keys of one into .env')]
    }
    const examined = providers.map((provider) => {
      const line = `payments ${provider.id}`
      return withinLimit(line, async () => [await examineProvider(line, provider)], EACH_LIMIT_MS)
    })
    return (await Promise.all(examined)).flat()
  },
}

async function examineProvider(line: string, provider: PaymentProvider): Promise<Finding> {
  try {
    await provider.probe()
    return fine(line, 'the keys work')
  } catch (error) {
    if (error instanceof ProviderRefused) {
      return wrong(line, `refuses: ${error.message}`, 'compare its keys in .env with those in its own settings')
    }
    if (error instanceof ProviderUnreachable) {
      return wrong(line, `no answer: ${error.message}`, 'check the network; it may be down for a while')
    }
    return wrong(line, describeError(error), 'mend what it says and ask again')
  }
}
