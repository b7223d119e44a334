import type { Clock, ProviderId } from '@vpn-kiosk/domain'
import { startCoingateSimulator } from '../../src/providers/coingate/start-coingate-simulator.ts'
import { startCryptobotSimulator } from '../../src/providers/cryptobot/start-cryptobot-simulator.ts'
import { startHeleketSimulator } from '../../src/providers/heleket/start-heleket-simulator.ts'
import type { ProviderSimulator } from '../../src/providers/provider-simulator.ts'
import { startTestPaySimulator } from '../../src/providers/test-pay/start-test-pay-simulator.ts'
import { startWataSimulator } from '../../src/providers/wata/start-wata-simulator.ts'
import type { BenchWorld } from './bench-world.ts'

export interface SixProviders {
  readonly simulators: ReadonlyMap<ProviderId, ProviderSimulator>
  /** What a process of the shop needs to know of the five that the world does not have. */
  readonly environment: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** YooKassa, which the world has, and five more, with webhooks to the world's `web`. */
export async function startSixProviders({ yookassa, webUrl }: BenchWorld, clock: Clock): Promise<SixProviders> {
  const cryptobot = await startCryptobotSimulator({ clock, webhookUrl: `${webUrl}/pay/cryptobot` })
  const wata = await startWataSimulator({ clock, webhookUrl: `${webUrl}/pay/wata` })
  const coingate = await startCoingateSimulator({ clock, webhookUrl: `${webUrl}/pay/coingate` })
  const heleket = await startHeleketSimulator({ clock, webhookUrl: `${webUrl}/pay/heleket` })
  const test = await startTestPaySimulator({ clock, webhookUrl: `${webUrl}/pay/test` })
  yookassa.setWebhooks(true)
  const simulators = new Map<ProviderId, ProviderSimulator>(
    Object.entries({ yookassa, cryptobot, wata, coingate, heleket, test }),
  )
  return {
    simulators,
    environment: {
      CRYPTOBOT_TOKEN: cryptobot.token,
      CRYPTOBOT_API_URL: cryptobot.apiUrl,
      WATA_TOKEN: wata.token,
      WATA_API_URL: wata.apiUrl,
      COINGATE_TOKEN: coingate.token,
      COINGATE_API_URL: coingate.apiUrl,
      HELEKET_MERCHANT: heleket.merchant,
      HELEKET_API_KEY: heleket.apiKey,
      HELEKET_API_URL: heleket.apiUrl,
      TEST_PAY_API_URL: test.apiUrl,
      TEST_PAY_SECRET: test.secret,
    },
    close: async () => {
      for (const one of [cryptobot, wata, coingate, heleket, test]) await one.close()
    },
  }
}
