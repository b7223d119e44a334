import { type AccountId, type AccountSpec, type AccountState, type Clock, EndpointUnreachable } from '@vpn-kiosk/domain'
import { vlessFlow } from '../documents/share-link.ts'
import { type AccountStore, assertServed, ensureRounds, readAccount, sumUsage } from './account-store.ts'
import { type ClientWish, clientDifferences, isFulfilled, mergeClient, wishFor } from './client-wish.ts'
import { createLookCache, type LookCache } from './look-cache.ts'
import { withManagedHosts } from './managed-hosts.ts'
import { PanelRefusal } from './panel-answers.ts'
import type { PanelSession } from './panel-session.ts'
import { type ServedInbounds, serveInbounds } from './served-inbounds.ts'
import type { XuiSettings } from './settings.ts'
import {
  type ClientDetails,
  type ClientRecord,
  type ClientRow,
  type ClientStat,
  clientDetailsSchema,
  clientRowsSchema,
  clientStatSchema,
  clientsOf,
  inboundSchema,
  readAs,
  type WireClient,
  type WireInbound,
} from './wire.ts'

const api = 'panel/api/clients'

export interface ModernPanel {
  readonly session: PanelSession
  readonly settings: XuiSettings
  readonly clock: Clock
  /** Whether it has a table of the addresses that customers connect to (3.4 and later). */
  readonly hasManagedHosts: boolean
  /** Panels 3.1–3.4 append a second entry when an add is repeated. */
  readonly appendsDuplicates: boolean
}

/** Accounts on panels from 3.1 on: one client, by its email, attached to any number of inbounds. */
export function createModernAccounts(panel: ModernPanel): AccountStore {
  const { session, settings, clock } = panel
  const clients = createModernClients(session)
  const inbounds = createLookCache(async () => serveInbounds(await readInbounds(panel), settings, clock.now()), clock)
  return {
    ensure: (spec) => ensureAccount(panel, clients, inbounds, spec),
    look: inbounds.current,
    async remove(account, secrets) {
      const isRemoved = await clients.remove(account)
      if (!isRemoved && secrets?.uuid !== undefined) {
        const renamed = await clients.findBySecret(secrets.uuid)
        if (renamed !== null) await clients.remove(renamed.client.email)
      }
      if ((await clients.find(account)) !== null)
        throw new EndpointUnreachable(`the panel does not let go of ${account}`, { code: 'busy' })
    },
    async *list() {
      const { present } = await inbounds.recent()
      const wanted = present.map(({ id }) => id)
      for (const row of await clients.list()) {
        const account = readAccount(row.email)
        if (account !== null) yield stateOf(account, row, wanted)
      }
    },
    async *usage() {
      yield* sumUsage((await clients.list()).flatMap((row) => (row.traffic ? [row.traffic] : [])))
    },
  }
}

interface FoundClient extends ClientDetails {
  /** Up and down together; known of every client that is off. */
  readonly usedBytes: number
}

/** The panel's calls for its clients. */
interface ModernClients {
  find(account: AccountId): Promise<FoundClient | null>
  /** Reads the whole list. */
  findBySecret(uuid: string): Promise<FoundClient | null>
  list(): Promise<ClientRow[]>
  /** The counters' row, whose switch is another one than the client's own; null where the panel shows none. */
  findStat(email: string): Promise<ClientStat | null>
  /** False when no such client is there. */
  remove(email: string): Promise<boolean>
  /** One change: `path` is the change's name and the client's email. */
  post(path: string, json?: unknown): Promise<unknown>
}

function createModernClients(session: PanelSession): ModernClients {
  const get = (path: string, isList = false) => session.call({ method: 'GET', path: `${api}/${path}`, isList })
  const findStat = async (email: string): Promise<ClientStat | null> => {
    const answer = await get(`traffic/${encodeURIComponent(email)}`).catch(asUnsaid)
    return answer === null ? null : readAs(clientStatSchema, answer, 'counters')
  }
  const find = async (email: string): Promise<FoundClient | null> => {
    const details = await get(`get/${encodeURIComponent(email)}`).catch(asMissing)
    if (details === null) return null
    const found = readAs(clientDetailsSchema, details, 'client')
    if (found.usedTraffic !== undefined || found.client.enable) return { ...found, usedBytes: found.usedTraffic ?? 0 }
    const stat = await findStat(email)
    return { ...found, usedBytes: stat === null ? 0 : Number(stat.up + stat.down) }
  }
  const post = (path: string, json: unknown = {}) => session.call({ method: 'POST', path: `${api}/${path}`, json })
  const list = async () => readAs(clientRowsSchema, await get('list', true), 'list of clients')
  return {
    find,
    async findBySecret(secret) {
      const row = (await list()).find(({ uuid }) => uuid === secret)
      return row === undefined ? null : find(row.email)
    },
    list,
    findStat,
    async remove(email) {
      const removed = post(`del/${encodeURIComponent(email)}`).then(() => true)
      return (await removed.catch(asMissing)) ?? false
    },
    post,
  }
}

/** The chosen inbounds, without those that the panel has no more. */
async function readInbounds({ session, settings, hasManagedHosts }: ModernPanel): Promise<WireInbound[]> {
  const found: WireInbound[] = []
  for (const id of settings.inboundIds) {
    const path = `panel/api/inbounds/get/${id}`
    const answer = await session.call({ method: 'GET', path, isList: true }).catch(asMissing)
    const inbound = answer === null ? undefined : inboundSchema.safeParse(answer).data
    if (inbound === undefined) continue
    found.push(hasManagedHosts ? await withManagedHosts(session, inbound) : inbound)
  }
  return found
}

async function ensureAccount(
  { settings, clock, appendsDuplicates }: ModernPanel,
  clients: ModernClients,
  inbounds: LookCache,
  spec: AccountSpec,
): Promise<ServedInbounds> {
  let refusals = 0
  // Whoever was there before may be listed twice; whoever we have just added, once, is not looked for in the lists.
  let mayBeTwice = appendsDuplicates
  // An update of ours switches the counters' row as well.
  let mayBeCut = spec.enabled
  for (let round = 0; round < ensureRounds; round++) {
    const named = await clients.find(spec.account)
    const isDoubtful = named !== null && mayBeTwice
    const served = await (isDoubtful || refusals > 0 ? inbounds.fresh() : inbounds.recent())
    assertServed(spec, served)
    const present = served.present.map(({ id }) => id)
    const wish = wishFor(spec, spec.account, served.present.map(vlessFlow).find((flow) => flow !== '') ?? '')
    // Who is to be cut, or may not be added, may be there under a name that the panel's admin gave.
    const found = named ?? (!spec.enabled || refusals > 0 ? await clients.findBySecret(wish.id) : null)
    const isListedTwice = isDoubtful && served.present.some((inbound) => entriesOf(inbound, wish.email) > 1)
    if (found === null && !spec.enabled) return served
    const change = isListedTwice
      ? { path: `del/${wish.email}?keepTraffic=1` }
      : found === null
        ? { path: 'add', json: { client: mergeClient(null, wish), inboundIds: present } }
        : (nextChange(found, wish, { present, chosen: settings.inboundIds, now: clock.now() }) ??
          (mayBeCut ? await switchOff(clients, found, wish, clock.now()) : null))
    if (change === null) return served
    // Somebody was quicker, or an inbound has gone since it was last looked at: the next look tells.
    const refusal = await clients.post(change.path, change.json).then(() => null, onlyRefused)
    if (refusal !== null && ++refusals > 1) throw refusal
    mayBeCut &&= !change.path.startsWith('update/')
    mayBeTwice = appendsDuplicates && (found !== null || refusal !== null)
  }
  throw new EndpointUnreachable(`the panel does not keep the changes made to ${spec.account}`, { code: 'busy' })
}

/** What is posted to change a client. */
interface Change {
  readonly path: string
  readonly json?: unknown
}

/** One change towards the wish; null when there is nothing left to change. */
function nextChange(
  found: FoundClient,
  wish: ClientWish,
  {
    present,
    chosen,
    now,
  }: { readonly present: readonly number[]; readonly chosen: readonly number[]; readonly now: Date },
): Change | null {
  // Many versions drop an update of a client that is on no inbound.
  if (found.inboundIds.length === 0) return wish.enable && present.length > 0 ? attachTo(found, present) : null
  const current = asWireClient(found.client)
  const enable = wish.enable && !isRightlyCut(found.usedBytes, wish, now)
  if (!isFulfilled(current, wish) && !isFulfilled(current, { ...wish, enable }))
    return { path: `update/${encodeURIComponent(current.email)}`, json: mergeClient(current, wish) }
  // A cut goes through wherever the account is; where it is not, there is nothing to cut.
  if (!wish.enable) return null
  const missing = present.filter((id) => !found.inboundIds.includes(id))
  if (missing.length > 0) return attachTo(found, missing)
  const surplus = found.inboundIds.filter((id) => !chosen.includes(id))
  if (surplus.length > 0) return { path: `${wish.email}/detach`, json: { inboundIds: surplus } }
  return null
}

const attachTo = ({ client }: FoundClient, inboundIds: readonly number[]): Change => ({
  path: `${encodeURIComponent(client.email)}/attach`,
  json: { inboundIds },
})

/**
 * The first half of a mend for a client that is on while its row of the counters is wrongly off, so that nobody lets it
 * in. Panels from 3.5 on drop an update that changes nothing, so it is switched off here and on by the next round.
 */
async function switchOff(
  clients: ModernClients,
  { client }: FoundClient,
  wish: ClientWish,
  now: Date,
): Promise<Change | null> {
  if (!client.enable) return null
  const stat = await clients.findStat(client.email)
  if (stat === null || stat.enable || isRightlyCut(Number(stat.up + stat.down), wish, now)) return null
  const off = mergeClient(asWireClient(client), { ...wish, enable: false })
  return { path: `update/${encodeURIComponent(client.email)}`, json: off }
}

const entriesOf = (inbound: WireInbound, email: string): number =>
  clientsOf(inbound).filter((client) => client.email === email).length

const stateOf = (account: AccountId, row: ClientRow, wanted: readonly number[]): AccountState => ({
  account,
  // A client that is on no inbound, or whose row of the counters is off, is let in by nobody.
  enabled: row.enable && row.traffic?.enable !== false && row.inboundIds?.length !== 0,
  differencesFrom: (spec) => [
    ...clientDifferences(asWireClient(row), spec),
    ...(isOnEach(row, wanted) ? [] : (['inbounds'] as const)),
  ],
})

const isOnEach = ({ inboundIds }: ClientRow, wanted: readonly number[]): boolean =>
  inboundIds === undefined || wanted.every((id) => inboundIds.includes(id))

/** Whether the panel has its reason, one that we gave it, to have switched the client off. */
const isRightlyCut = (usedBytes: number, { expiryTime, totalGB }: ClientWish, now: Date): boolean =>
  (expiryTime > 0 && expiryTime <= now.getTime()) || (totalGB > 0 && usedBytes >= totalGB)

/**
 * The client as `update` wants it. The table's row calls the UUID `uuid` and has a number of its own under `id`, its
 * dates are in camel case, and allowed addresses are one text.
 */
function asWireClient({
  id: _row,
  uuid,
  createdAt,
  updatedAt: _at,
  allowedIPs,
  reverse,
  ...kept
}: ClientRecord): WireClient {
  return {
    ...kept,
    id: uuid,
    ...(typeof createdAt === 'number' ? { created_at: createdAt } : {}),
    ...(typeof allowedIPs === 'string' && allowedIPs !== '' ? { allowedIPs: allowedIPs.split(',') } : {}),
    ...(reverse ? { reverse } : {}),
  }
}

/** "Not there" in the panel's words; anything else is thrown on. */
function asMissing(error: unknown): null {
  const missing =
    error instanceof PanelRefusal && (error.says('record not found') || error.says('not found in any inbound'))
  if (missing) return null
  throw error
}

/** The first panels of 3.x refuse to show the counters of a client that has left the inbound where it began. */
function asUnsaid(error: unknown): null {
  onlyRefused(error)
  return null
}

/** A refused write, but no refused login: that one is not tried again. */
function onlyRefused(error: unknown): PanelRefusal {
  if (error instanceof PanelRefusal && error.code === 'other') return error
  throw error
}
