import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { moveClock } from './move-clock.ts'
import { setSpoken } from './set-spoken.ts'
import { type ControlledWorld, providerIds, providerOf, type Switches } from './world.ts'
import { panelsOf, readAccounts, readInvoices, readPeers, readStage, readState } from './world-state.ts'

const monthsMs = 400 * 24 * 3_600_000
const provider = z.enum(providerIds)
const reference = z.string().min(1)
const isUp = z.boolean()
const bytes = z.number().int().min(0)

const requests = {
  advance: z.object({ ms: z.number().int().positive().max(monthsMs) }),
  panel: z.object({ isUp }),
  wireguard: z.object({ isUp }),
  provider: z.object({ provider, isUp }),
  webhooks: z.object({ isOn: z.boolean(), provider: provider.optional() }),
  pay: z.object({ provider, reference, amount: z.string().optional(), currency: z.string().optional() }),
  fail: z.object({ provider, reference, reason: z.string().optional() }),
  cards: z.object({ decline: z.string().max(40).nullish(), maySave: z.boolean().optional() }),
  resend: z.object({ provider, reference, times: z.number().int().min(1).max(100).optional() }),
  language: z.object({ language: z.enum(['ru', 'en']) }),
  traffic: z.object({ account: z.string(), uploadBytes: bytes.optional(), downloadBytes: bytes }),
} as const

/** `/world/…`: JSON in, JSON out; described in the room's README. */
export function registerWorldRoutes(app: FastifyInstance, world: ControlledWorld, switches: Switches): void {
  const state = () => readState(world, switches)
  app.get('/world/state', state)
  app.get('/world/stage', () => readStage(world))
  app.get('/world/accounts', () => readAccounts(world))
  app.get('/world/peers', () => readPeers(world))
  app.get('/world/invoices', () => readInvoices(world))
  app.post('/world/advance', async ({ body }) => {
    await moveClock(world, requests.advance.parse(body).ms)
    return state()
  })
  app.post('/world/tick', async () => {
    await world.tick()
    return state()
  })
  app.post('/world/language', async ({ body }) => {
    await setSpoken(world, requests.language.parse(body).language)
    return {}
  })
  app.post('/world/traffic', ({ body }) => {
    const { account, uploadBytes = 0, downloadBytes } = requests.traffic.parse(body)
    const holds = ({ panel }: ReturnType<typeof panelsOf>[number]) => panel.rawClient(account) !== null
    const holder = panelsOf(world).find(holds)?.panel ?? world.wireguard
    holder.addTraffic(account, uploadBytes, downloadBytes)
    return state()
  })
  registerSwitches(app, world, switches)
  registerMoney(app, world)
}

function registerSwitches(app: FastifyInstance, world: ControlledWorld, switches: Switches): void {
  app.post('/world/panel', ({ body }) => {
    switches.panel = requests.panel.parse(body).isUp
    world.panel.setDown(!switches.panel)
    return readState(world, switches)
  })
  app.post('/world/wireguard', ({ body }) => {
    switches.wireguard = requests.wireguard.parse(body).isUp
    world.wireguard.setDown(!switches.wireguard)
    return readState(world, switches)
  })
  app.post('/world/provider', ({ body }) => {
    const { provider: id, isUp: works } = requests.provider.parse(body)
    switches.providers[id].api = works
    providerOf(world, id).faults.setDown(!works)
    return readState(world, switches)
  })
  app.post('/world/webhooks', ({ body }) => {
    const { isOn, provider: one } = requests.webhooks.parse(body)
    for (const id of one === undefined ? providerIds : [one]) {
      switches.providers[id].webhooks = isOn
      providerOf(world, id).setWebhooks(isOn)
    }
    return readState(world, switches)
  })
}

function registerMoney(app: FastifyInstance, world: ControlledWorld): void {
  app.post('/world/pay', async ({ body }) => {
    const { provider: id, reference: paid, amount, currency } = requests.pay.parse(body)
    await providerOf(world, id).pay(paid, { amount, currency })
    return {}
  })
  app.post('/world/fail', async ({ body }) => {
    const { provider: id, reference: failed, reason } = requests.fail.parse(body)
    await providerOf(world, id).fail(failed, reason)
    return {}
  })
  app.post('/world/cards', ({ body }) => {
    const { decline, maySave } = requests.cards.parse(body)
    if (decline !== undefined) world.yookassa.setDecline(decline)
    if (maySave !== undefined) world.yookassa.setSaving(maySave)
    return {}
  })
  app.post('/world/resend', async ({ body }) => {
    const { provider: id, reference: known, times } = requests.resend.parse(body)
    await providerOf(world, id).resendWebhook(known, times)
    return {}
  })
}
