import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decodeClient } from './decode-client.ts'
import type { ModernClients } from './modern-clients.ts'
import type { Reply } from './reply.ts'
import { effectiveFlow, getInbound, type PanelState, type SimInbound, type SimRecord } from './state.ts'

type EmailRoute = { Params: { email: string }; Querystring: { keepTraffic?: string } }
const addSchema = z.object({ client: z.unknown(), inboundIds: z.array(z.int()).default([]) })
const idsSchema = z.object({ inboundIds: z.array(z.int()) })

/** The client calls of 3.1 and later, under `panel/api/clients`. */
export function addModernRoutes(
  app: FastifyInstance,
  prefix: string,
  state: PanelState,
  clients: ModernClients,
  reply: Reply,
): void {
  const api = `${prefix}panel/api/clients`
  addModernReads(app, prefix, state, clients, reply)

  app.post(`${api}/add`, ({ body }) =>
    reply('Inbound client(s) have been added.', async () => {
      const { client, inboundIds } = addSchema.parse(body)
      await clients.add(decodeClient(client), inboundIds)
    }),
  )
  app.post<EmailRoute>(`${api}/update/:email`, ({ params, body }) =>
    reply('Inbound client has been updated.', () => clients.update(params.email, decodeClient(body))),
  )
  app.post<EmailRoute>(`${api}/del/:email`, ({ params, query }) =>
    reply('Inbound client has been deleted.', () =>
      clients.remove(params.email, { keepTraffic: query.keepTraffic === '1' }),
    ),
  )
  app.post<EmailRoute>(`${api}/:email/attach`, ({ params, body }) =>
    reply('Inbound client(s) have been added.', () => clients.attach(params.email, idsSchema.parse(body).inboundIds)),
  )
  app.post<EmailRoute>(`${api}/:email/detach`, ({ params, body }) =>
    reply('Inbound client has been deleted.', () => clients.detach(params.email, idsSchema.parse(body).inboundIds)),
  )
}

function addModernReads(
  app: FastifyInstance,
  prefix: string,
  state: PanelState,
  clients: ModernClients,
  reply: Reply,
): void {
  const api = `${prefix}panel/api`
  app.get(`${api}/inbounds/list`, () =>
    reply('', () => [...state.inbounds.values()].map((inbound) => showInbound(state, inbound))),
  )
  app.get<{ Params: { id: string } }>(`${api}/inbounds/get/:id`, ({ params }) =>
    reply('Obtain', () => showInbound(state, getInbound(state, Number(params.id)))),
  )
  app.get<{ Params: { id: string } }>(`${api}/hosts/byInbound/:id`, ({ params }) =>
    reply('', () => state.hosts.filter(({ inboundIds }) => inboundIds.includes(Number(params.id)))),
  )
  app.get(`${api}/clients/list`, () =>
    reply('', () => [...state.records.values()].map((record) => showRow(state, record))),
  )
  app.get<EmailRoute>(`${api}/clients/get/:email`, ({ params }) =>
    reply('Obtain', () => {
      const record = clients.get(params.email)
      const stat = state.stats.get(params.email)
      return {
        client: { ...showClient(record), flow: effectiveFlow(state, record) },
        inboundIds: record.inboundIds,
        ...clients.showUsed(stat),
      }
    }),
  )
  app.get<EmailRoute>(`${api}/clients/traffic/:email`, ({ params }) => reply('', () => clients.traffic(params.email)))
  app.post(`${api}/clients/onlines`, () => reply('', () => onlineEmails(state)))
}

/** Settings are objects here, where older panels send texts. */
const showInbound = (state: PanelState, inbound: SimInbound) => ({
  ...inbound,
  up: inbound.up ?? 0,
  down: inbound.down ?? 0,
  total: inbound.total ?? 0,
  expiryTime: inbound.expiryTime ?? 0,
  shareAddrStrategy: 'node',
  shareAddr: '',
  settings: JSON.parse(inbound.settings),
  streamSettings: JSON.parse(inbound.streamSettings),
  sniffing: JSON.parse(inbound.sniffing),
  clientStats: [...state.stats.values()].filter((stat) => stat.inboundId === inbound.id),
})

/** The table's row: the UUID under `uuid`, a number of its own under `id`, dates in camel case. */
function showClient({ id, client }: SimRecord) {
  const { id: uuid, created_at, updated_at, ...fields } = client
  return {
    ...fields,
    id,
    uuid,
    createdAt: created_at ?? 0,
    updatedAt: updated_at ?? 0,
    reverse: null,
    privateKey: '',
    publicKey: '',
    allowedIPs: '',
    preSharedKey: '',
    keepAlive: 0,
    secret: '',
    adTag: '',
  }
}

/** The core counts also for those who were cut while they were connected. */
const onlineEmails = ({ streams }: PanelState): string[] | null =>
  streams.length === 0 ? null : [...new Set(streams.map(({ email }) => email))]

/** A client on no inbound has null there; the call for one client says []. */
const showRow = (state: PanelState, record: SimRecord) => ({
  ...showClient(record),
  inboundIds: record.inboundIds.length > 0 ? record.inboundIds : null,
  traffic: state.stats.get(record.client.email),
})
