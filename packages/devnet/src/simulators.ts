import type { Language } from '@vpn-kiosk/domain'
import { type SimulatedClock, startTelegramSimulator, type TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { cast } from './cast.ts'
import { startWireguardSimulator, type WireguardSimulator } from './panels/wireguard/start-wireguard-simulator.ts'
import { startXuiSimulator, type XuiSimulator } from './panels/xui/start-xui-simulator.ts'
import { type CoingateSimulator, startCoingateSimulator } from './providers/coingate/start-coingate-simulator.ts'
import { type CryptobotSimulator, startCryptobotSimulator } from './providers/cryptobot/start-cryptobot-simulator.ts'
import { startTestPaySimulator, type TestPaySimulator } from './providers/test-pay/start-test-pay-simulator.ts'
import { startWataSimulator, type WataSimulator } from './providers/wata/start-wata-simulator.ts'
import { startYookassaSimulator, type YookassaSimulator } from './providers/yookassa/start-yookassa-simulator.ts'

/** All that lies outside the shop, simulated. */
export interface Simulators {
  readonly clock: SimulatedClock
  readonly telegram: TelegramSimulator
  readonly panel: XuiSimulator
  /** A second panel, empty and unknown to the shop: for whoever wants to add one. */
  readonly sparePanel: XuiSimulator
  readonly wireguard: WireguardSimulator
  readonly yookassa: YookassaSimulator
  readonly cryptobot: CryptobotSimulator
  readonly wata: WataSimulator
  readonly coingate: CoingateSimulator
  readonly testPay: TestPaySimulator
}

export async function startSimulators(clock: SimulatedClock, generation: 'legacy' | 'modern'): Promise<Simulators> {
  const [telegram, panel, sparePanel, wireguard, yookassa, cryptobot, wata, coingate, testPay] = await Promise.all([
    startTelegramSimulator({ clock }),
    startXuiSimulator({ clock, generation }),
    startXuiSimulator({ clock, generation }),
    startWireguardSimulator({ clock }),
    startYookassaSimulator({ clock, shop: cast.bots.client.name }),
    startCryptobotSimulator({ clock, shop: cast.bots.client.name }),
    startWataSimulator({ clock, shop: cast.bots.client.name }),
    startCoingateSimulator({ clock, shop: cast.bots.client.name }),
    startTestPaySimulator({ clock, shop: cast.bots.client.name }),
  ])
  return { clock, telegram, panel, sparePanel, wireguard, yookassa, cryptobot, wata, coingate, testPay }
}

export async function stopSimulators(world: Simulators): Promise<void> {
  await Promise.all([
    world.telegram.close(),
    world.panel.close(),
    world.sparePanel.close(),
    world.wireguard.close(),
    world.yookassa.close(),
    world.cryptobot.close(),
    world.wata.close(),
    world.coingate.close(),
    world.testPay.close(),
  ])
}

/** The bots, the people, and the support group with its topics. */
export function populate(telegram: TelegramSimulator, language?: Language): void {
  for (const bot of Object.values(cast.bots)) telegram.addBot(bot)
  for (const person of Object.values(cast.people)) {
    telegram.people.createPerson({ ...person, languageCode: language ?? person.languageCode })
  }
  telegram.people.createGroup({
    id: cast.supportGroup,
    title: 'VPN Kiosk · Support',
    owner: cast.people.owner.id,
    admins: [cast.people.agent.id],
    bots: [{ bot: `@${cast.bots.support.username}` }],
  })
}

/** Providers ring at the shop's web process. */
export function connectWebhooks(world: Simulators, webUrl: string): void {
  world.yookassa.setWebhookUrl(`${webUrl}/pay/yookassa`)
  world.cryptobot.setWebhookUrl(`${webUrl}/pay/cryptobot`)
  world.wata.setWebhookUrl(`${webUrl}/pay/wata`)
  world.coingate.setWebhookUrl(`${webUrl}/pay/coingate`)
  world.testPay.setWebhookUrl(`${webUrl}/pay/test`)
}
