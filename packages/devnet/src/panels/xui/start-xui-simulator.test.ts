import { addMs, minuteMs } from '@vpn-kiosk/domain'
import { createSimulatedClock } from '@vpn-kiosk/telegram-simulator'
import { driverKinds } from '@vpn-kiosk/vpn'
import { type EndpointWorld, vpnDriverContract } from '@vpn-kiosk/vpn/contract'
import { startXuiSimulator, type XuiSimulatorOptions } from './start-xui-simulator.ts'

const kind = driverKinds.get('xui')!

async function startWorld(
  options: Omit<XuiSimulatorOptions, 'clock'>,
  by: 'password' | 'token',
): Promise<EndpointWorld> {
  const clock = createSimulatedClock(new Date('2026-03-01T09:00:00Z'), { frozen: true })
  const panel = await startXuiSimulator({ ...options, clock })
  const settings = {
    url: panel.url,
    inboundIds: [...panel.inboundIds],
    username: panel.username,
    publicHost: 'vpn.example.com',
  }
  const isOurs = (email: string) => /^vk-|^inbound-keeper-/.test(email)
  return {
    config: { settings, secrets: by === 'token' ? { token: panel.token! } : { password: panel.password } },
    wrongCredentials: { settings, secrets: by === 'token' ? { token: 'not-this-one' } : { password: 'not-this-one' } },
    clock,
    canConnect: (spec) => panel.canConnect(spec.secrets.uuid ?? ''),
    countEntries: (account) => panel.countEntries(account),
    addTraffic: panel.addTraffic,
    snapshotForeign: () => JSON.stringify(panel.accounts().filter(({ email }) => !isOurs(email))),
    faults: {
      goDown: async () => {
        panel.setDown(true)
        return () => panel.setDown(false)
      },
      loseNextAnswer: () => panel.failNext('lose-answer', { on: '/add' }),
      answerHtml: () => {
        panel.failNext('html', { times: 1_000 })
        return () => panel.clearFaults()
      },
    },
    // The lock after wrong passwords would hold up the tests that follow: let its time pass.
    close: async () => {
      clock.set(addMs(clock.now(), 20 * minuteMs))
      await panel.close()
    },
  }
}

vpnDriverContract('3X-UI 2.8', { kind, start: () => startWorld({ generation: 'legacy' }, 'password') })
vpnDriverContract('3X-UI 3.0', {
  kind,
  start: () => startWorld({ generation: 'legacy', version: '3.0.2' }, 'password'),
})
vpnDriverContract('3X-UI 3.2', { kind, start: () => startWorld({ generation: 'modern', version: '3.2.8' }, 'token') })
vpnDriverContract('3X-UI 3.6', { kind, start: () => startWorld({ generation: 'modern' }, 'password') })
