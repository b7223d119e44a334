import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decodeClient } from './decode-client.ts'
import type { Reply } from './reply.ts'
import {
  addStat,
  getInbound,
  PanelSays,
  type PanelState,
  readClients,
  rewriteClients,
  type SimClient,
  type SimInbound,
  updateStat,
} from './state.ts'

const bodySchema = z.object({ id: z.coerce.number(), settings: z.string() })

export interface LegacyOptions {
  /** Panels 3.0 append a second entry when an add is repeated with the same subId; older ones refuse the email. */
  readonly appendsDuplicates: boolean
}

/** The client calls of 2.4–3.0: a client is a part of one inbound's settings, and nothing is locked. */
export function addLegacyRoutes(
  app: FastifyInstance,
  prefix: string,
  state: PanelState,
  reply: Reply,
  options: LegacyOptions,
): void {
  const api = `${prefix}panel/api/inbounds`

  app.get(`${api}/list`, () =>
    reply('', async () => [...state.inbounds.values()].map((inbound) => showInbound(state, inbound))),
  )
  app.get<{ Params: { id: string } }>(`${api}/get/:id`, ({ params }) =>
    reply('Obtain', async () => showInbound(state, getInbound(state, Number(params.id)))),
  )
  app.post(`${api}/onlines`, () => reply('', async () => [...new Set(state.streams.map(({ email }) => email))]))

  app.post(`${api}/addClient`, ({ body }) =>
    reply('Inbound client(s) have been added.', async () => {
      const { inbound, sent } = readBody(state, body)
      for (const client of sent) assertNewEmail(state, client.email, options.appendsDuplicates ? client.subId : null)
      if (sent.some((client) => client.id === '')) throw new PanelSays('empty client ID\n')
      for (const client of sent) addStat(state, inbound.id, client)
      await rewriteClients(inbound, (clients) => [...clients, ...sent])
      return null
    }),
  )

  app.post<{ Params: { clientId: string } }>(`${api}/updateClient/:clientId`, ({ params, body }) =>
    reply('Inbound client has been updated.', async () => {
      const { inbound, sent } = readBody(state, body)
      const client = sent[0]
      const old = readClients(inbound).find((candidate) => candidate.id === params.clientId)
      if (client === undefined || client.id === '' || old === undefined) throw new PanelSays('empty client ID\n')
      if (client.email !== old.email) assertNewEmail(state, client.email, null)
      updateStat(state, old.email, client)
      await rewriteClients(inbound, (clients) =>
        clients.map((candidate) => (candidate.id === params.clientId ? client : candidate)),
      )
      return null
    }),
  )

  app.post<{ Params: { inboundId: string; clientId: string } }>(`${api}/:inboundId/delClient/:clientId`, ({ params }) =>
    reply('Inbound client deleted', async () => {
      const inbound = getInbound(state, Number(params.inboundId))
      const gone = readClients(inbound).filter((client) => client.id === params.clientId)
      if (gone.length === 0 && options.appendsDuplicates)
        throw new PanelSays(`Client Not Found In Inbound For ID: ${params.clientId}\n`)
      await rewriteClients(inbound, (clients) => {
        const left = clients.filter((client) => client.id !== params.clientId)
        if (left.length === 0) throw new PanelSays('no client remained in Inbound\n')
        return left
      })
      for (const client of gone) state.stats.delete(client.email)
      return null
    }),
  )
}

const showInbound = (state: PanelState, inbound: SimInbound) => ({
  ...inbound,
  up: inbound.up ?? 0,
  down: inbound.down ?? 0,
  total: inbound.total ?? 0,
  expiryTime: inbound.expiryTime ?? 0,
  clientStats: [...state.stats.values()].filter((stat) => stat.inboundId === inbound.id),
})

function readBody(state: PanelState, body: unknown): { inbound: SimInbound; sent: SimClient[] } {
  const { id, settings } = bodySchema.parse(body)
  const { clients } = z.object({ clients: z.array(z.unknown()) }).parse(JSON.parse(settings))
  return { inbound: getInbound(state, id), sent: clients.map(decodeClient) }
}

/** Emails are unique on the whole panel, upper and lower case alike; an entry with `exemptSubId` does not count. */
function assertNewEmail(state: PanelState, email: string, exemptSubId: unknown): void {
  const taken = [...state.inbounds.values()].some((inbound) =>
    readClients(inbound).some(
      (client) =>
        client.email.toLowerCase() === email.toLowerCase() && (exemptSubId === null || client.subId !== exemptSubId),
    ),
  )
  if (taken) throw new PanelSays(`Duplicate email: ${email}\n`)
}
