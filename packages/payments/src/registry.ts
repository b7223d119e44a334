import type { Clock, PaymentProvider, ProviderId, StarChargeBook } from '@vpn-kiosk/domain'
import { type CoingateSettings, createCoingate } from './coingate/index.ts'
import { type CryptobotSettings, createCryptobot } from './cryptobot/index.ts'
import { createHeleket, type HeleketSettings } from './heleket/index.ts'
import { createStars, type StarsSettings } from './stars/index.ts'
import { createTestProvider, type TestProviderSettings } from './test-pay/index.ts'
import { createWata, type WataSettings } from './wata/index.ts'
import { createYookassa, type YookassaSettings } from './yookassa/index.ts'

/** The keys of each provider the shop has an account with; what is absent is not offered. */
export interface PaymentsConfig {
  readonly yookassa?: YookassaSettings | undefined
  readonly cryptobot?: CryptobotSettings | undefined
  readonly wata?: WataSettings | undefined
  readonly coingate?: CoingateSettings | undefined
  readonly heleket?: HeleketSettings | undefined
  readonly stars?: StarsSettings | undefined
  readonly test?: TestProviderSettings | undefined
}

export interface ProviderDeps {
  readonly clock: Clock
  /** Where the charges in stars are kept; without it none is known, which is enough to probe. */
  readonly starCharges?: StarChargeBook
}

/** The providers that have keys, in the order in which a customer is shown them. Throws when a setting cannot be right. */
export function createPaymentProviders(
  config: PaymentsConfig,
  deps: ProviderDeps,
): ReadonlyMap<ProviderId, PaymentProvider> {
  const offered = [
    config.yookassa && createYookassa(config.yookassa),
    config.cryptobot && createCryptobot(config.cryptobot, deps.clock),
    config.wata && createWata(config.wata, deps.clock),
    config.coingate && createCoingate(config.coingate),
    config.heleket && createHeleket(config.heleket, deps.clock),
    config.stars && createStars(config.stars, deps.starCharges),
    config.test && createTestProvider(config.test),
  ]
  return new Map(offered.filter((provider) => provider !== undefined).map((provider) => [provider.id, provider]))
}
