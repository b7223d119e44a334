import {
  addDays,
  isBefore,
  type PaymentProvider,
  type ProviderAccount,
  ProviderRefused,
  ProviderUnreachable,
} from '@vpn-kiosk/domain'
import { createPaymentProviders } from '@vpn-kiosk/payments'
import { describeError } from '../command-line/describe-error.ts'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'
import { withinLimit } from './within-limit.ts'

const name = 'payments'
const eachLimitMs = 9_000
/** A key that runs out is told of so long ahead. */
const warningDays = 14

/** Checks each provider's keys: one finding for each provider. */
export const paymentsCheck: Check = {
  name,
  examine: async ({ config, clock }) => {
    const providers = [...createPaymentProviders(config.payments, { clock }).values()]
    if (providers.length === 0) {
      return [notSet(name, 'no provider has keys: customers cannot pay', 'put the keys of one into .env')]
    }
    const examined = providers.map((provider) => {
      const line = `payments ${provider.id}`
      return withinLimit(line, async () => [await examineProvider(line, provider, clock.now())], eachLimitMs)
    })
    return (await Promise.all(examined)).flat()
  },
}

/** Reports a state of the provider's account that keeps customers from paying, or soon will. */
export function describeAccount(
  line: string,
  account: ProviderAccount & Pick<PaymentProvider, 'sendsReceipts'>,
  now: Date,
): Finding {
  const { isTest, isEnabled, needsReceipts, sendsReceipts, keyExpiresAt } = account
  if (isEnabled === false) return wrong(line, 'the provider has closed this account', 'ask the provider why')
  const notes = [
    ...(isTest ? ['a test account: no real money moves'] : []),
    ...(needsReceipts && sendsReceipts
      ? ['a fiscal receipt goes with each payment: customers are asked for an e-mail']
      : []),
  ]
  if (needsReceipts && !sendsReceipts) {
    const message =
      'the account requires a fiscal receipt with each payment, and the shop sends none: invoices will be refused'
    return wrong(line, message, "switch receipts off in the provider's own settings, or issue them there")
  }
  if (keyExpiresAt && isBefore(keyExpiresAt, addDays(now, warningDays))) {
    const runsOut = isBefore(keyExpiresAt, now) ? 'ran out' : 'runs out'
    const message = `the key ${runsOut} on ${keyExpiresAt.toISOString().slice(0, 10)}`
    return wrong(line, message, "make a new one in the provider's own settings, and put it into .env")
  }
  return fine(line, ['the keys work', ...notes].join('; '))
}

async function examineProvider(line: string, provider: PaymentProvider, now: Date): Promise<Finding> {
  try {
    return describeAccount(
      line,
      { ...(await provider.probe()), ...(provider.sendsReceipts && { sendsReceipts: true }) },
      now,
    )
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
