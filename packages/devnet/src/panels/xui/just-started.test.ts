import { afterEach, expect, test } from 'vitest'
import { closePanels, startPanel, stored } from './testing/start-panel.ts'

afterEach(closePanels)

const panels = ['legacy', 'modern'] as const

// A real 3.6.0 knows nothing of itself for two seconds, and for half a minute where it cannot ask for its own address.
test.each(panels)('a %s panel that has just started lets in who paid and cuts who is banned', async (generation) => {
  const { panel, open, newSpec } = await startPanel({ generation })
  panel.failNext('empty', { on: 'server/status', times: 100 })
  const spec = newSpec()
  const { documents } = await open().ensureAccount(spec)
  expect(panel.canConnect(spec.secrets.uuid!)).toBe(true)
  expect(documents.length).toBeGreaterThan(0)
  await open().ensureAccount({ ...spec, enabled: false })
  expect(panel.canConnect(spec.secrets.uuid!)).toBe(false)
  await open().removeAccount(spec.account)
  expect(stored(panel, spec.account)).toBeUndefined()
})

test.each(panels)('the links of a %s panel are the same when it has just started', async (generation) => {
  const { panel, open, newSpec } = await startPanel({ generation })
  if (generation === 'modern') panel.addHosts({ inboundIds: [1], hosts: ['a.example:2083'], remark: 'a' })
  const spec = newSpec()
  const { documents } = await open().ensureAccount(spec)
  panel.failNext('empty', { on: 'server/status', times: 100 })
  expect((await open().ensureAccount(spec)).documents).toEqual(documents)
})

test.each(panels)('a %s panel is asked anew what it is, once it knows', async (generation) => {
  const { panel, open, newSpec } = await startPanel({ generation })
  const driver = open()
  panel.failNext('empty', { on: 'server/status' })
  await driver.ensureAccount(newSpec())
  await driver.ensureAccount(newSpec())
  expect(await driver.probe()).toMatchObject({ kind: 'up' })
})

test.each(panels)('the health of a %s panel that has just started is told as busy', async (generation) => {
  const { panel, open } = await startPanel({ generation })
  panel.failNext('empty', { on: 'server/status' })
  await expect(open().probe()).rejects.toMatchObject({ name: 'EndpointUnreachable', code: 'busy' })
})
