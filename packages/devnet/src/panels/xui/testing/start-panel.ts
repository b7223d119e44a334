import { type AccountId, type AccountSpec, addDays, randomText, type VpnDriver } from '@vpn-kiosk/domain'
import { createSimulatedClock, type SimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { driverKinds } from '@vpn-kiosk/vpn'
import { openPanelSession } from '@vpn-kiosk/vpn/xui-session'
import { realityInbound } from '../seed-inbounds.ts'
import { startXuiSimulator, type XuiSimulator, type XuiSimulatorOptions } from '../start-xui-simulator.ts'

export const kind = driverKinds.get('xui')!
const running: XuiSimulator[] = []

/** Ends every panel that was started since. */
export async function closePanels(): Promise<void> {
  for (const panel of running.splice(0)) await panel.close()
}

/** A simulated panel and a driver on it. */
export interface TestPanel {
  readonly panel: XuiSimulator
  readonly clock: SimulatedClock
  open(settings?: Record<string, unknown>): VpnDriver
  newSpec(wish?: Partial<AccountSpec>): AccountSpec
  /** One call as the panel's admin. */
  byHand(path: string, json: unknown): Promise<unknown>
}

export async function startPanel(options: Omit<XuiSimulatorOptions, 'clock'>): Promise<TestPanel> {
  const clock = createSimulatedClock(new Date('2026-03-01T09:00:00Z'), { frozen: true })
  const panel = await startXuiSimulator({ ...options, clock })
  running.push(panel)
  const settings = {
    url: panel.url,
    username: panel.username,
    inboundIds: [...panel.inboundIds],
    publicHost: 'vpn.example.com',
  }
  const secrets = { password: panel.password }
  const admin = openPanelSession({ settings, secrets })
  return {
    panel,
    clock,
    open: (other = {}) => kind.open(kind.parse({ settings: { ...settings, ...other }, secrets }), { clock }),
    newSpec: (wish = {}) => ({
      account: `vk-${randomText(10)}`,
      secrets: kind.mintSecrets(),
      address: null,
      enabled: true,
      expiresAt: addDays(clock.now(), 30),
      trafficLimitBytes: 1_000n,
      deviceLimit: 2,
      label: 'Amsterdam',
      ...wish,
    }),
    byHand: (path, json) => admin.call({ method: 'POST', path: `panel/api/${path}`, json }),
  }
}

/** Stream settings whose one external proxy is this host. */
export const behind = (dest: string) => {
  const stream = JSON.parse(realityInbound(2, 8443).streamSettings)
  return { streamSettings: JSON.stringify({ ...stream, externalProxy: [{ forceTls: 'same', dest, port: 8443 }] }) }
}
export const stored = (panel: XuiSimulator, account: string) => panel.accounts().find(({ email }) => email === account)
export const enabledOf = async (driver: VpnDriver, account: AccountId): Promise<boolean | null> => {
  for await (const state of driver.listAccounts()) if (state.account === account) return state.enabled
  return null
}
