import { addDays } from '@vpn-kiosk/domain'
import { afterEach, describe, expect, test } from 'vitest'
import type { XuiSimulator } from './start-xui-simulator.ts'
import { behind, closePanels, kind, startPanel } from './testing/start-panel.ts'

afterEach(closePanels)

describe.each([
  { name: 'a legacy panel', options: { generation: 'legacy' as const } },
  { name: 'a modern panel', options: { generation: 'modern' as const } },
])('on $name', ({ options }) => {
  test('an inbound that is not there is named, and the other is served', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open({ inboundIds: [1, 42] })
    const spec = newSpec()
    const { documents, problems } = await driver.ensureAccount(spec)
    expect([documents.length, problems]).toEqual([1, [{ code: 'inbound_deleted', detail: '#42' }]])
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
    await expect(open({ inboundIds: [42] }).ensureAccount(newSpec())).rejects.toMatchObject({ code: 'inbound_deleted' })
  })

  test.each([
    ['inbound_off', (panel: XuiSimulator) => panel.changeInbound(2, { enable: false })],
    ['inbound_expired', (panel: XuiSimulator) => panel.changeInbound(2, { expiryTime: 1 })],
    ['inbound_used_up', (panel: XuiSimulator) => panel.changeInbound(2, { total: 5, up: 2, down: 3 })],
    ['inbound_protocol_changed', (panel: XuiSimulator) => panel.changeInbound(2, { protocol: 'trojan' })],
    ['inbound_deleted', (panel: XuiSimulator) => panel.deleteInbound(2)],
    ['inbound_not_dialable', (panel: XuiSimulator) => panel.changeInbound(2, behind('10.0.0.5'))],
  ])('one inbound that is %s stops nothing on the other, and health names it', async (code, breakIt) => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open()
    const spec = newSpec()
    expect((await driver.ensureAccount(spec)).documents).toHaveLength(2)
    expect(await driver.probe()).toMatchObject({ kind: 'up' })
    breakIt(panel)
    const fresh = open()
    expect(await fresh.probe()).toMatchObject({ kind: 'degraded', takesNewcomers: true, problems: [{ code }] })
    const renewed = await fresh.ensureAccount({ ...spec, expiresAt: addDays(spec.expiresAt!, 30) })
    expect([renewed.documents.length, renewed.problems?.map((problem) => problem.code)]).toEqual([1, [code]])
    const newcomer = newSpec()
    expect((await fresh.ensureAccount(newcomer)).documents).toHaveLength(1)
    expect(panel.canConnect(newcomer.secrets.uuid!)).toBe(true)
    await fresh.ensureAccount({ ...spec, enabled: false })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    await fresh.removeAccount(newcomer.account)
    expect(panel.countEntries(newcomer.account)).toBe(0)
  })

  test('a panel without any working inbound takes nobody in, and cuts go through all the same', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const spec = newSpec()
    await open().ensureAccount(spec)
    panel.changeInbound(1, { enable: false })
    panel.changeInbound(2, { enable: false })
    const driver = open()
    expect(await driver.probe()).toMatchObject({ kind: 'degraded', takesNewcomers: false })
    await expect(driver.ensureAccount(newSpec())).rejects.toMatchObject({ code: 'inbound_missing' })
    expect(await driver.ensureAccount({ ...spec, enabled: false })).toMatchObject({ documents: [] })
    panel.changeInbound(1, { enable: true })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
  })

  test('a cut goes through on an inbound that is no longer chosen, and makes no account where there was none', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const spec = newSpec()
    await open({ inboundIds: [1] }).ensureAccount(spec)
    await open({ inboundIds: [2] }).ensureAccount({ ...spec, enabled: false })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    const stranger = newSpec({ enabled: false })
    expect(await open().ensureAccount(stranger)).toBeDefined()
    expect(panel.countEntries(stranger.account)).toBe(0)
  })

  test('what a restored backup took back is told by name', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open()
    const spec = newSpec()
    await driver.ensureAccount(spec)
    const restore = panel.saveCopy()
    const renewed = {
      ...spec,
      secrets: kind.mintSecrets(),
      expiresAt: addDays(spec.expiresAt!, 30),
      trafficLimitBytes: 9_000n,
      deviceLimit: 5,
    }
    await driver.ensureAccount(renewed)
    const differences = async () => {
      for await (const state of driver.listAccounts())
        if (state.account === spec.account) return state.differencesFrom(renewed)
      return null
    }
    expect(await differences()).toEqual([])
    restore()
    expect(await differences()).toEqual(['secrets', 'end', 'traffic_limit', 'device_limit'])
    await driver.ensureAccount(renewed)
    expect(await differences()).toEqual([])
  })

  test('an open connection outlives the cut until the core is restarted, which happens only for those who are online', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open()
    const [banned, other] = [newSpec(), newSpec()]
    await driver.ensureAccount(banned)
    await driver.ensureAccount(other)
    for (const { secrets } of [banned, other]) expect(panel.openStream(secrets.uuid!)).toBe(true)
    await driver.ensureAccount({ ...banned, enabled: false })
    expect(panel.streams()).toContain(banned.secrets.uuid)
    expect(await driver.dropConnections?.([newSpec().account])).toEqual({ kind: 'nobody_online' })
    expect(panel.restarts()).toBe(0)
    expect(await driver.dropConnections?.([banned.account])).toEqual({ kind: 'restarted' })
    expect([panel.streams(), panel.restarts()]).toEqual([[], 1])
    expect([panel.openStream(banned.secrets.uuid!), panel.openStream(other.secrets.uuid!)]).toEqual([false, true])
    expect(open({ restartsToDrop: false }).dropConnections).toBeUndefined()
  })

  test('links lead nowhere but to a host that customers can dial', async () => {
    const { open, newSpec } = await startPanel(options)
    const refused = { code: 'inbound_missing' }
    await expect(open({ publicHost: undefined }).ensureAccount(newSpec())).rejects.toMatchObject(refused)
    for (const publicHost of ['127.0.0.1', 'localhost', '10.1.2.3', '3x-ui', 'panel.local'])
      expect(() => open({ publicHost }), publicHost).toThrow(expect.objectContaining({ field: 'publicHost' }))
    const local = open({ publicHost: '10.1.2.3', allowPrivateHost: true })
    expect((await local.ensureAccount(newSpec())).documents[0]).toMatchObject({
      uri: expect.stringContaining('@10.1.2.3:443?'),
    })
  })
})
