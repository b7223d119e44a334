import { randomUUID } from 'node:crypto'
import { type AccountId, type AccountSpec, type AccountState, type Clock, EndpointUnreachable } from '@vpn-kiosk/domain'
import { vlessFlow } from '../documents/share-link.ts'
import { type AccountStore, accountEmail, assertServed, ensureRounds, readAccount, sumUsage } from './account-store.ts'
import { clientDifferences, isFulfilled, mergeClient, wishFor } from './client-wish.ts'
import { createLookCache } from './look-cache.ts'
import { PanelRefusal } from './panel-answers.ts'
import type { PanelSession } from './panel-session.ts'
import { type ServedInbounds, serveInbounds } from './served-inbounds.ts'
import type { XuiSettings } from './settings.ts'
import {
  type ClientStat,
  clientsOf,
  inboundListSchema,
  readAs,
  statsOf,
  type WireClient,
  type WireInbound,
} from './wire.ts'

const api = 'panel/api/inbounds'

/** The account's clients on an inbound, also one under a name that the panel's admin gave it: its UUID tells. */
const oursIn = (inbound: WireInbound, account: AccountId, uuid: string | undefined): WireClient[] =>
  clientsOf(inbound).filter(
    ({ email, id }) => isNamed(email, account) || (uuid !== undefined && id === uuid && readAccount(email) === null),
  )

const isNamed = (email: string, account: AccountId): boolean =>
  email.startsWith(account) && readAccount(email) === account

export interface LegacyPanel {
  readonly session: PanelSession
  readonly settings: XuiSettings
  readonly clock: Clock
}

/** Accounts on panels 2.4–3.0: a client lives inside one inbound's settings, and its email is unique on the panel. */
export function createLegacyAccounts({ session, settings, clock }: LegacyPanel): AccountStore {
  const { inboundIds } = settings
  const clients = createLegacyClients(session)
  const serve = (inbounds: readonly WireInbound[]) => serveInbounds(inbounds, settings, clock.now())
  return {
    async ensure(spec) {
      let refusal: PanelRefusal | null = null
      for (let round = 0; round < ensureRounds * Math.max(1, inboundIds.length); round++) {
        const inbounds = await clients.listInbounds()
        const served = serve(inbounds)
        assertServed(spec, served)
        const look = { spec, inbounds, inboundIds, now: clock.now(), clients }
        const step = spec.enabled ? nextStep(look, served) : nextCut(look)
        if (step === null) return served
        if (refusal !== null) throw refusal
        refusal = await step().then(() => null, onlyOvertaken)
      }
      throw new EndpointUnreachable(`the panel does not keep the changes made to ${spec.account}`, { code: 'busy' })
    },

    look: createLookCache(async () => serve(await clients.listInbounds()), clock).current,

    async remove(account, secrets) {
      for (let round = 0; round < ensureRounds * 2; round++) {
        const inbounds = await clients.listInbounds()
        const holder = inbounds.find((inbound) => oursIn(inbound, account, secrets?.uuid).length > 0)
        if (holder === undefined) return
        await clients.remove(holder, oursIn(holder, account, secrets?.uuid)[0]!).catch(onlyOvertaken)
      }
      throw new EndpointUnreachable(`the panel does not let go of ${account}`, { code: 'busy' })
    },

    async *list() {
      const inbounds = await clients.listInbounds()
      const wanted = serve(inbounds).present.map(({ id }) => id)
      for (const [account, entries] of groupEntries(inbounds)) yield stateOf(account, entries, wanted)
    },

    async *usage() {
      const isOurs = (email: string) => readAccount(email) !== null
      yield* sumUsage((await clients.listInbounds()).flatMap((inbound) => statsOf(inbound, isOurs)))
    },
  }
}

/** The panel's calls for the clients of an inbound, each with the panel's own refusals. */
interface LegacyClients {
  listInbounds(): Promise<WireInbound[]>
  add(inbound: WireInbound, client: WireClient): Promise<unknown>
  /** Writes `client` in place of `current`. */
  update(inbound: WireInbound, current: WireClient, client: WireClient): Promise<unknown>
  remove(inbound: WireInbound, client: WireClient): Promise<void>
}

function createLegacyClients(session: PanelSession): LegacyClients {
  const post = (path: string, json: unknown = {}) => session.call({ method: 'POST', path: `${api}/${path}`, json })
  const write = (path: string, inbound: WireInbound, client: WireClient) =>
    post(path, { id: inbound.id, settings: JSON.stringify({ clients: [client] }) })
  return {
    async listInbounds() {
      const list = await session.call({ method: 'GET', path: `${api}/list`, isList: true })
      return readAs(inboundListSchema, list, 'list of inbounds')
    },
    add: (inbound, client) => write('addClient', inbound, client),
    update: (inbound, current, client) =>
      write(`updateClient/${encodeURIComponent(current.id ?? '')}`, inbound, client),
    /**
     * The panel refuses to delete an inbound's last client. A disabled one that is nobody's takes its place for good,
     * so that "removed" means the same everywhere: not there, and not able to connect.
     */
    async remove(inbound, client) {
      if (clientsOf(inbound).every((other) => other.id === client.id))
        await write('addClient', inbound, keeper(inbound.id))
      await post(`${inbound.id}/delClient/${encodeURIComponent(client.id ?? '')}`)
    },
  }
}

/** What an account should be, and the panel as it was last seen. */
interface Look {
  readonly spec: AccountSpec
  readonly inbounds: readonly WireInbound[]
  /** The chosen ones. */
  readonly inboundIds: readonly number[]
  readonly now: Date
  readonly clients: LegacyClients
}

/** One call that changes the panel. */
type Step = () => Promise<unknown>

/** One change towards the wish; null when there is nothing left to change. */
function nextStep(look: Look, { present }: ServedInbounds): Step | null {
  const { spec, inbounds, inboundIds, clients } = look
  const { uuid } = spec.secrets
  for (const inbound of inbounds) {
    const [surplus] = oursIn(inbound, spec.account, uuid).slice(inboundIds.includes(inbound.id) ? 1 : 0)
    if (surplus !== undefined) return () => clients.remove(inbound, surplus)
  }
  for (const inbound of present) {
    const [current] = oursIn(inbound, spec.account, uuid)
    if (current === undefined) {
      const email = accountEmail(spec.account, inbound.id, inbound.id === inboundIds[0])
      const wish = wishFor(spec, email, vlessFlow(inbound))
      return () => clients.add(inbound, mergeClient(null, wish))
    }
    const step = writeStep(look, inbound, current)
    if (step !== null) return step
  }
  return null
}

/** One change towards a cut, which goes through wherever the account is; null when nobody gets in any more. */
function nextCut(look: Look): Step | null {
  for (const inbound of look.inbounds) {
    for (const client of oursIn(inbound, look.spec.account, look.spec.secrets.uuid)) {
      const step = writeStep(look, inbound, client)
      if (step !== null) return step
    }
  }
  return null
}

function writeStep(look: Look, inbound: WireInbound, current: WireClient): Step | null {
  const { spec, now, clients } = look
  const wish = wishFor(spec, emailFor(look, inbound, current), vlessFlow(inbound))
  if (isFulfilled(current, wish) && !isCutWrongly(inbound, current, spec, now)) return null
  return () => clients.update(inbound, current, mergeClient(current, wish))
}

/** The name that the client has, unless somebody else gave it: then ours, where that is free. */
function emailFor({ spec, inbounds, inboundIds }: Look, inbound: WireInbound, current: WireClient): string {
  const ours = accountEmail(spec.account, inbound.id, inbound.id === inboundIds[0])
  const isTaken = () => inbounds.some((other) => clientsOf(other).some(({ email }) => email === ours))
  return isNamed(current.email, spec.account) || isTaken() ? current.email : ours
}

interface Entry {
  readonly inboundId: number
  readonly client: WireClient
  readonly isOpen: boolean
}

/** Our accounts with their clients on all inbounds. */
function groupEntries(inbounds: readonly WireInbound[]): Map<AccountId, Entry[]> {
  const entries = new Map<AccountId, Entry[]>()
  for (const inbound of inbounds) {
    const cut = new Set(
      statsOf(inbound, (email) => readAccount(email) !== null).flatMap((stat) => (stat.enable ? [] : stat.email)),
    )
    for (const client of clientsOf(inbound)) {
      const account = readAccount(client.email)
      if (account === null) continue
      const isOpen = client.enable === true && !cut.has(client.email)
      entries.set(account, [...(entries.get(account) ?? []), { inboundId: inbound.id, client, isOpen }])
    }
  }
  return entries
}

const stateOf = (account: AccountId, entries: readonly Entry[], wanted: readonly number[]): AccountState => ({
  account,
  enabled: entries.some(({ isOpen }) => isOpen),
  differencesFrom: (spec) => {
    const found = new Set(entries.flatMap(({ client }) => clientDifferences(client, spec)))
    if (!wanted.every((id) => entries.some(({ inboundId }) => inboundId === id))) found.add('inbounds')
    return [...found]
  },
})

/** Depletion shows only in the counters' row; the client's own switch stays on. */
const isCut = (inbound: WireInbound, email: string): boolean => statOf(inbound, email)?.enable === false

const statOf = (inbound: WireInbound, email: string): ClientStat | undefined =>
  statsOf(inbound, (candidate) => candidate === email)[0]

/**
 * Whether the panel cut the client off though it has time and traffic left (a renewal of which only half was kept):
 * writing the same once more switches it on.
 */
function isCutWrongly(inbound: WireInbound, client: WireClient, spec: AccountSpec, now: Date): boolean {
  if (!spec.enabled || !isCut(inbound, client.email)) return false
  const stat = statOf(inbound, client.email)
  const overQuota =
    spec.trafficLimitBytes !== null && stat !== undefined && stat.up + stat.down >= spec.trafficLimitBytes
  return !overQuota && (spec.expiresAt === null || spec.expiresAt > now)
}

/** An earlier try that timed out was carried out after all, or somebody was quicker: the next look tells. */
function onlyOvertaken(error: unknown): PanelRefusal {
  if (error instanceof PanelRefusal && (error.says('Duplicate email') || error.says('not found'))) return error
  throw error
}

const keeper = (inboundId: number): WireClient => ({
  email: `inbound-keeper-${inboundId}`,
  id: randomUUID(),
  subId: '',
  flow: '',
  enable: false,
  totalGB: 0,
  expiryTime: 0,
  limitIp: 0,
  tgId: 0,
  reset: 0,
  comment: 'An inbound must not be left without a client',
})
