import type { Devnet } from '../create-devnet.ts'
import type { ProviderSimulator } from '../providers/provider-simulator.ts'

/** What the page moves: everything around the business, and nothing of the business itself. */
export type ControlledWorld = Pick<
  Devnet,
  | 'app'
  | 'clock'
  | 'telegram'
  | 'panel'
  | 'sparePanel'
  | 'wireguard'
  | 'yookassa'
  | 'cryptobot'
  | 'wata'
  | 'coingate'
  | 'testPay'
  | 'webUrl'
  | 'tick'
>

export const providerIds = ['yookassa', 'cryptobot', 'wata', 'coingate', 'test'] as const
export type SimulatedProviderId = (typeof providerIds)[number]

export function providerOf(world: ControlledWorld, id: SimulatedProviderId): ProviderSimulator {
  return {
    yookassa: world.yookassa,
    cryptobot: world.cryptobot,
    wata: world.wata,
    coingate: world.coingate,
    test: world.testPay,
  }[id]
}

/** What is switched off at present. The simulators are told; this remembers it for who looks. */
export interface Switches {
  panel: boolean
  wireguard: boolean
  readonly providers: Record<SimulatedProviderId, { api: boolean; webhooks: boolean }>
}

export const createSwitches = (): Switches => ({
  panel: true,
  wireguard: true,
  providers: {
    yookassa: { api: true, webhooks: true },
    cryptobot: { api: true, webhooks: true },
    wata: { api: true, webhooks: true },
    coingate: { api: true, webhooks: true },
    test: { api: true, webhooks: true },
  },
})
