import type { EndpointConfig } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { openPanelSession } from '../panel-session.ts'
import type { InboundWish } from './inbounds.ts'

/** What the panel's admin does by hand, behind the driver's back. */
export interface PanelAdmin {
  /** `3.6.0`; null on panels before 3.1, which do not say. */
  readonly panelVersion: string | null
  newRealityKeys(): Promise<{ readonly privateKey: string; readonly publicKey: string }>
  /** Makes a VLESS inbound without clients, and says its id. */
  addInbound(wish: InboundWish): Promise<number>
  addClient(inboundId: number, email: string): Promise<void>
  /** Puts a managed address before an inbound (3.4 and later). */
  addHost(inboundId: number, host: Readonly<Record<string, unknown>>): Promise<void>
  /** Adds the client that is there once more, as a caller does whose first answer was late. Some panels refuse, some append. */
  repeatAdd(inboundId: number, email: string): Promise<void>
  /** The clients of this email in the inbound, as the panel keeps them: one, unless something is wrong. */
  findClients(inboundId: number, email: string): Promise<Record<string, unknown>[]>
  /** Writes a comment on somebody's client, all else as it is. */
  comment(inboundId: number, email: string, comment: string): Promise<void>
  /** Links made by the panel itself; older panels give them out on their subscription server only. */
  panelLinks(subId: string, subscriptionUrl: string): Promise<string[]>
}

const clientSchema = z.looseObject({ email: z.string(), id: z.string() })
const settingsSchema = z.preprocess(
  (value) => (typeof value === 'string' ? JSON.parse(value) : value),
  z.looseObject({ clients: z.array(clientSchema).nullish() }),
)
const inboundSchema = z.looseObject({ id: z.number(), settings: settingsSchema })
const keysSchema = z.object({ privateKey: z.string(), publicKey: z.string() })

export async function openPanelAdmin(config: EndpointConfig): Promise<PanelAdmin> {
  const session = openPanelSession(config)
  const get = (path: string) => session.call({ method: 'GET', path: `panel/api/${path}` })
  const post = (path: string, json: unknown) => session.call({ method: 'POST', path: `panel/api/${path}`, json })
  const status = z.looseObject({ panelVersion: z.string().optional() }).parse(await get('server/status'))
  const isModern = status.panelVersion !== undefined

  const clientsOf = async (inboundId: number) =>
    inboundSchema.parse(await get(`inbounds/get/${inboundId}`)).settings.clients ?? []
  const legacyBody = (inboundId: number, client: object) => ({
    id: inboundId,
    settings: JSON.stringify({ clients: [client] }),
  })

  return {
    panelVersion: status.panelVersion ?? null,
    newRealityKeys: async () => keysSchema.parse(await get('server/getNewX25519Cert')),
    addInbound: async (wish) => inboundSchema.parse(await post('inbounds/add', inboundBody(wish))).id,
    async addClient(inboundId, email) {
      const client = { ...blankClient, email, id: crypto.randomUUID(), subId: `${email}-subscription` }
      if (isModern) await post('clients/add', { client, inboundIds: [inboundId] })
      else await post('inbounds/addClient', legacyBody(inboundId, client))
    },
    async addHost(inboundId, host) {
      await post('hosts/add', { inboundIds: [inboundId], ...host })
    },
    async repeatAdd(inboundId, email) {
      const client = (await clientsOf(inboundId)).find((candidate) => candidate.email === email)
      if (client === undefined) throw new Error(`no client ${email}`)
      const again = isModern
        ? post('clients/add', { client, inboundIds: [inboundId] })
        : post('inbounds/addClient', legacyBody(inboundId, client))
      await again.catch(() => undefined)
    },
    findClients: async (inboundId, email) => (await clientsOf(inboundId)).filter((client) => client.email === email),
    async comment(inboundId, email, comment) {
      const client = (await clientsOf(inboundId)).find((candidate) => candidate.email === email)
      if (client === undefined) throw new Error(`no client ${email}`)
      if (isModern) await post(`clients/update/${email}`, { ...client, comment })
      else await post(`inbounds/updateClient/${client.id}`, legacyBody(inboundId, { ...client, comment }))
    },
    async panelLinks(subId, subscriptionUrl) {
      if (isModern) return z.array(z.string()).parse(await get(`clients/subLinks/${subId}`))
      const body = await (await fetch(`${subscriptionUrl}${subId}`)).text()
      return Buffer.from(body, 'base64')
        .toString()
        .split('\n')
        .filter((line) => line !== '')
    },
  }
}

const blankClient = {
  flow: '',
  limitIp: 0,
  totalGB: 0,
  expiryTime: 0,
  enable: true,
  tgId: 0,
  comment: 'by hand',
  reset: 0,
}

const inboundBody = ({ remark, port, stream }: InboundWish) => ({
  up: 0,
  down: 0,
  total: 0,
  remark,
  enable: true,
  expiryTime: 0,
  listen: '127.0.0.1',
  port,
  protocol: 'vless',
  settings: JSON.stringify({ clients: [], decryption: 'none', encryption: 'none', fallbacks: [] }),
  streamSettings: JSON.stringify(stream),
  sniffing: JSON.stringify({ enabled: false, destOverride: [] }),
})
