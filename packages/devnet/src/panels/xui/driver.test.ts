import { addDays, EndpointRefused, EndpointUnreachable, hourMs } from '@vpn-kiosk/domain'
import { afterEach, describe, expect, test } from 'vitest'
import { closePanels, enabledOf, kind, startPanel, stored } from './testing/start-panel.ts'

afterEach(closePanels)

describe.each([
  { name: 'a legacy panel', options: { generation: 'legacy' as const } },
  { name: 'a modern panel', options: { generation: 'modern' as const } },
  { name: 'a panel of 3.1', options: { generation: 'modern' as const, version: '3.1.0' } },
])('on $name', ({ options }) => {
  test('a customer out of traffic is let in again by a renewal, and no byte is forgotten', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open({ inboundIds: [1] })
    const spec = newSpec()
    await driver.ensureAccount(spec)
    panel.addTraffic(spec.account, 400, 700)
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    expect(stored(panel, spec.account)?.enabled).toBe(false)
    await driver.ensureAccount({ ...spec, trafficLimitBytes: 5_000n })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
    expect(stored(panel, spec.account)).toMatchObject({
      enabled: true,
      uploadBytes: 400,
      downloadBytes: 700,
      limitBytes: 5_000,
    })
  })

  test('who was cut for the traffic is not written to again while nothing has changed', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open({ inboundIds: [1] })
    const spec = newSpec()
    await driver.ensureAccount(spec)
    panel.addTraffic(spec.account, 400, 700)
    panel.failNext('bad-gateway', { on: '/update' })
    await driver.ensureAccount(spec)
    expect(stored(panel, spec.account)?.enabled).toBe(false)
  })

  test('an expired customer is let in again by a renewal', async () => {
    const { panel, clock, open, newSpec } = await startPanel(options)
    const driver = open()
    const spec = newSpec()
    await driver.ensureAccount(spec)
    clock.set(addDays(clock.now(), 31))
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    expect(await enabledOf(driver, spec.account)).toBe(false)
    await driver.ensureAccount({ ...spec, expiresAt: addDays(clock.now(), 30) })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
    expect(await enabledOf(driver, spec.account)).toBe(true)
  })

  test('a client that is off in the counters alone is seen as closed, and let in again without forgetting a byte', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open({ inboundIds: [1] })
    const spec = newSpec()
    await driver.ensureAccount(spec)
    panel.addTraffic(spec.account, 400, 500)
    panel.cutInCounters(spec.account)
    expect([panel.canConnect(spec.secrets.uuid!), await enabledOf(driver, spec.account)]).toEqual([false, false])
    await driver.ensureAccount(spec)
    expect(stored(panel, spec.account)).toMatchObject({ enabled: true, uploadBytes: 400, downloadBytes: 500 })
    expect(await enabledOf(driver, spec.account)).toBe(true)
    panel.cutInCounters(spec.account)
    panel.addTraffic(spec.account, 0, 100)
    await driver.ensureAccount(spec)
    expect(stored(panel, spec.account)).toMatchObject({ enabled: false, downloadBytes: 600 })
    expect(panel.rawClient(spec.account), 'nothing was written').toMatchObject({ enable: true })
  })

  test('a client that the panel’s admin has renamed is cut, let in longer and removed all the same', async () => {
    for (const end of ['cut', 'renewed', 'removed'] as const) {
      const { panel, open, newSpec, byHand } = await startPanel(options)
      const driver = open({ inboundIds: [1] })
      await driver.ensureAccount(newSpec())
      const spec = newSpec()
      await driver.ensureAccount(spec)
      const { uuid, subId } = spec.secrets
      const renamed = { email: 'Ida&phone', id: uuid, subId, flow: '', enable: true, totalGB: 0, expiryTime: 0 }
      if (options.generation === 'modern') await byHand(`clients/update/${spec.account}`, renamed)
      else await byHand(`inbounds/updateClient/${uuid}`, { id: 1, settings: JSON.stringify({ clients: [renamed] }) })
      expect(panel.canConnect(uuid!)).toBe(true)
      if (end === 'removed') await driver.removeAccount(spec.account, spec.secrets)
      else if (end === 'cut') await driver.ensureAccount({ ...spec, enabled: false })
      else await driver.ensureAccount({ ...spec, expiresAt: new Date('2027-03-01T00:00:00Z') })
      expect(panel.canConnect(uuid!), end).toBe(end === 'renewed')
      expect(await enabledOf(driver, spec.account), end).toBe({ cut: false, renewed: true, removed: null }[end])
      expect(stored(panel, renamed.email), end).toBeUndefined()
      await driver.removeAccount(spec.account, spec.secrets)
      expect(panel.canConnect(uuid!)).toBe(false)
    }
  })

  test('a wish that is already past is accepted, and nobody gets in', async () => {
    const { panel, clock, open, newSpec } = await startPanel(options)
    const spec = newSpec({ expiresAt: addDays(clock.now(), -1) })
    await open().ensureAccount(spec)
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
  })

  test('what the panel’s admin wrote on a client stays, and the panel’s own auto-renewal is switched off', async () => {
    const { panel, open, newSpec, byHand } = await startPanel(options)
    const driver = open({ inboundIds: [1] })
    const spec = newSpec()
    await driver.ensureAccount(spec)
    const client = {
      email: spec.account,
      id: spec.secrets.uuid,
      subId: spec.secrets.subId,
      flow: 'xtls-rprx-vision',
      enable: true,
      totalGB: 1_000,
      expiryTime: spec.expiresAt?.getTime(),
      limitIp: 2,
      comment: 'a good customer',
      group: 'vip',
      tgId: 77,
      reset: 30,
    }
    if (options.generation === 'modern') await byHand(`clients/update/${spec.account}`, client)
    else
      await byHand(`inbounds/updateClient/${spec.secrets.uuid}`, {
        id: 1,
        settings: JSON.stringify({ clients: [client] }),
      })
    await driver.ensureAccount({ ...spec, trafficLimitBytes: 9_000n })
    expect(stored(panel, spec.account)).toMatchObject({ comment: 'a good customer', limitBytes: 9_000 })
    expect(panel.rawClient(spec.account)).toMatchObject({ group: 'vip', tgId: 77, reset: 0 })
  })

  test('an answer lost at any write leaves one account after a repeat', async () => {
    for (const call of ['add', 'update', 'del']) {
      const { panel, open, newSpec } = await startPanel(options)
      const driver = open({ inboundIds: [1] })
      const spec = newSpec()
      if (call !== 'add') await driver.ensureAccount(spec)
      const wish = () =>
        call === 'del'
          ? driver.removeAccount(spec.account)
          : driver.ensureAccount({ ...spec, trafficLimitBytes: 7_000n }).then(() => undefined)
      panel.failNext('lose-answer', { on: `/${call}` })
      await expect(wish()).rejects.toBeInstanceOf(EndpointUnreachable)
      await wish()
      expect(panel.countEntries(spec.account)).toBe(call === 'del' ? 0 : 1)
    }
  })

  test('a session that ended is renewed without anybody noticing', async () => {
    const { panel, clock, open, newSpec } = await startPanel(options)
    const driver = open()
    const spec = newSpec({ expiresAt: null })
    await driver.ensureAccount(spec)
    panel.endSessions()
    await driver.ensureAccount(spec)
    clock.advance(7 * hourMs)
    await driver.ensureAccount({ ...spec, enabled: false })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
  })

  test('a busy database, a proxy’s error page and a silence are "no answer", so that the job is repeated', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const driver = open({ timeoutMs: 300 })
    for (const fault of ['database-locked', 'bad-gateway', 'html', 'slow'] as const) {
      panel.failNext(fault, { on: '/add' })
      await expect(driver.ensureAccount(newSpec()), fault).rejects.toBeInstanceOf(EndpointUnreachable)
    }
  })

  test('a stopped Xray is a degraded endpoint', async () => {
    const { panel, open } = await startPanel(options)
    panel.setXray('error')
    expect(await open().probe()).toMatchObject({ kind: 'degraded', reason: expect.stringContaining('error') })
  })

  test('a panel is described with its inbounds to choose from', async () => {
    const { panel } = await startPanel(options)
    const found = await kind.discover({
      settings: { url: panel.url, username: panel.username },
      secrets: { password: panel.password },
    })
    expect(found.facts).toMatchObject({ api: options.generation, xray: 'running 26.2.6' })
    expect(found.choices.map(({ setting, value, label }) => [setting, value, label])).toEqual([
      ['inboundIds', '1', 'VLESS Reality :443 tcp/reality'],
      ['inboundIds', '2', 'VLESS WS :8443 ws/tls'],
    ])
  })

  test('an account moved from one inbound to another is only on the other', async () => {
    const { panel, open, newSpec } = await startPanel(options)
    const spec = newSpec()
    await open({ inboundIds: [1] }).ensureAccount(spec)
    const { documents } = await open({ inboundIds: [2] }).ensureAccount(spec)
    expect(await open({ inboundIds: [2] }).ensureAccount(spec)).toMatchObject({ documents })
    expect(
      documents.map((document) => document.kind === 'link' && new URL(document.uri).searchParams.get('type')),
    ).toEqual(['ws'])
    const places = panel.accounts().filter(({ email }) => email.startsWith(spec.account))
    expect(places.flatMap(({ inboundIds }) => inboundIds)).toEqual([2])
  })
})

describe('on a legacy panel', () => {
  test('a write that somebody else’s took away is noticed and made again', async () => {
    const { panel, open, newSpec } = await startPanel({ generation: 'legacy' })
    const driver = open({ inboundIds: [1] })
    const spec = newSpec()
    panel.failNext('overtaken', { on: '/addClient', times: 2 })
    await driver.ensureAccount(spec)
    expect(panel.countEntries(spec.account)).toBe(1)
    panel.failNext('overtaken', { on: '/updateClient' })
    await driver.ensureAccount({ ...spec, enabled: false })
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    panel.failNext('overtaken', { on: '/delClient' })
    await driver.removeAccount(spec.account)
    expect(panel.countEntries(spec.account)).toBe(0)
  })

  test('a client on several inbounds has an email on each, one subscription, and is one account to us', async () => {
    const { panel, open, newSpec } = await startPanel({ generation: 'legacy' })
    const driver = open()
    const spec = newSpec({ trafficLimitBytes: null })
    await driver.ensureAccount(spec)
    const ours = panel.accounts().filter(({ uuid }) => uuid === spec.secrets.uuid)
    expect(ours.map(({ email, subId, inboundIds }) => [email, subId, inboundIds])).toEqual([
      [spec.account, spec.secrets.subId, [1]],
      [`${spec.account}.2`, spec.secrets.subId, [2]],
    ])
    panel.addTraffic(spec.account, 1, 2)
    panel.addTraffic(`${spec.account}.2`, 10, 20)
    const usage = []
    for await (const row of driver.readUsage()) usage.push(row)
    expect(usage).toMatchObject([{ account: spec.account, uploadBytes: 11n, downloadBytes: 22n }])
  })

  test('a client listed twice by a repeated add becomes one, also where it is alone on its inbound', async () => {
    const { panel, open, newSpec, byHand } = await startPanel({ generation: 'legacy', version: '3.0.2' })
    const driver = open({ inboundIds: [2] })
    const spec = newSpec()
    await driver.ensureAccount(spec)
    const again = { email: spec.account, id: spec.secrets.uuid, subId: spec.secrets.subId, enable: true }
    await byHand('inbounds/addClient', { id: 2, settings: JSON.stringify({ clients: [again] }) })
    expect(panel.countEntries(spec.account)).toBe(2)
    await driver.ensureAccount(spec)
    expect(panel.countEntries(spec.account)).toBe(1)
    expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
  })

  test('the last client of an inbound leaves a keeper behind, once', async () => {
    const { panel, open, newSpec } = await startPanel({ generation: 'legacy' })
    const driver = open({ inboundIds: [2] })
    for (let time = 0; time < 2; time++) {
      const spec = newSpec()
      await driver.ensureAccount(spec)
      await driver.removeAccount(spec.account)
    }
    const onInbound = panel.accounts().filter(({ inboundIds }) => inboundIds.includes(2))
    expect(onInbound.map(({ email, enabled }) => [email, enabled])).toEqual([['inbound-keeper-2', false]])
  })
})

describe('on a modern panel', () => {
  test('a client listed twice by a repeated add becomes one', async () => {
    const { panel, open, newSpec, byHand } = await startPanel({ generation: 'modern', version: '3.2.8' })
    const driver = open()
    const spec = newSpec()
    await driver.ensureAccount(spec)
    panel.addTraffic(spec.account, 3, 4)
    const client = { email: spec.account, subId: spec.secrets.subId, enable: true }
    await byHand('clients/add', { client, inboundIds: [1, 2] })
    expect(panel.countEntries(spec.account)).toBe(2)
    await driver.ensureAccount(spec)
    expect(panel.countEntries(spec.account)).toBe(1)
    expect(stored(panel, spec.account)).toMatchObject({ inboundIds: [1, 2], uploadBytes: 3, downloadBytes: 4 })
  })

  test.each(['3.2.8', '3.6.0'])(
    'a client that was lost with an old form of its inbound is seen, and let in again by %s',
    async (version) => {
      const { panel, open, newSpec } = await startPanel({ generation: 'modern', version })
      const driver = open({ inboundIds: [1] })
      const spec = newSpec()
      await driver.ensureAccount(spec)
      panel.addTraffic(spec.account, 400, 500)
      panel.changeInbound(1, { settings: JSON.stringify({ clients: [], decryption: 'none' }) })
      expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
      expect(await enabledOf(driver, spec.account)).toBe(false)
      await driver.ensureAccount(spec)
      expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
      expect(panel.rawClient(spec.account)).toMatchObject({ flow: 'xtls-rprx-vision' })
      expect(stored(panel, spec.account)).toMatchObject({ uploadBytes: 400, downloadBytes: 500 })
      panel.changeInbound(1, { settings: JSON.stringify({ clients: [], decryption: 'none' }) })
      await driver.ensureAccount({ ...spec, enabled: false })
      expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
    },
  )

  test('addresses that the panel manages take the place of its own, each with what it says about TLS', async () => {
    const { panel, open, newSpec } = await startPanel({ generation: 'modern' })
    panel.addHosts({
      inboundIds: [1, 2],
      hosts: ['a.example:2083', '', '[2001:db8::1]:80', 'b.example'],
      remark: 'cdn {{DAYS}}',
      security: 'same',
      sni: 'front.example',
    })
    panel.addHosts({ inboundIds: [2], hosts: ['off.example:1'], remark: 'off', isDisabled: true })
    const { documents } = await open().ensureAccount(newSpec({ label: 'NL' }))
    const urls = documents.map((document) => new URL(document.kind === 'link' ? document.uri : ''))
    expect(
      urls.map(({ host, searchParams, hash }) => [host, searchParams.get('sni'), decodeURIComponent(hash)]),
    ).toEqual([
      ['a.example:2083', 'front.example', '#NL · cdn'],
      ['vpn.example.com:443', 'front.example', '#NL · cdn'],
      ['[2001:db8::1]:80', 'front.example', '#NL · cdn'],
      ['b.example:443', 'front.example', '#NL · cdn'],
      ['a.example:2083', 'front.example', '#NL · cdn'],
      ['vpn.example.com:8443', 'front.example', '#NL · cdn'],
      ['[2001:db8::1]:80', 'front.example', '#NL · cdn'],
      ['b.example:8443', 'front.example', '#NL · cdn'],
    ])
  })

  test('five wrong passwords lock the login, and even then nothing but a refusal is said', async () => {
    const { panel, clock, open, newSpec } = await startPanel({ generation: 'modern' })
    const wrong = {
      settings: { url: panel.url, username: panel.username, inboundIds: [1] },
      secrets: { password: 'guess' },
    }
    for (let tries = 0; tries < 5; tries++) await expect(kind.discover(wrong)).rejects.toBeInstanceOf(EndpointRefused)
    await expect(open().probe()).rejects.toBeInstanceOf(EndpointRefused)
    clock.advance(hourMs)
    await open().ensureAccount(newSpec())
  })
})
