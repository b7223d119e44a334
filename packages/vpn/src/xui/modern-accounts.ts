import {
  type AccountId,
  type AccountSpec,
  type AccountState,
  addMs,
  type Clock,
  EndpointUnreachable,
  isBefore,
} from '@vpn-kiosk/domain'
import { vlessFlow } from '../documents/share-link.ts'
import { readAccount } from './account-email.ts'
import { type AccountStore, chooseInbounds, ensureRounds, sumUsage } from './account-store.ts'
import { type ClientWish, clientDifferences, isFulfilled, mergeClient, wishFor } from './client-wish.ts'
import { withManagedHosts } from './managed-hosts.ts'
import { PanelRefusal } from './panel-error.ts'
import type { PanelSession } from './panel-session.ts'
import {
  type ClientDetails,
  type ClientRecord,
  clientDetailsSchema,
  clientRowsSchema,
  inboundSchema,
  readAs,
  type WireClient,
  type WireInbound,
} from './wire.ts'

const api = 'panel/api/clients'

/** What links are made of, hosts included, hardly changes, while reading it brings along every client of the inbound. */
const factsLifeMs = 30_000

/** Accounts on panels from 3.1 on: one client, by its email, attached to any number of inbounds. */
export function createModernAccounts(
  session: PanelSession,
  inboundIds: readonly number[],
  clock: Clock,
  hasManagedHosts = false,
): AccountStore {
  const get = (path: string) => session.call({ method: 'GET', path })
  const post = (path: string, json: unknown = {}) => session.call({ method: 'POST', path: `${api}/${path}`, json })

  const findClient = async (account: AccountId): Promise<ClientDetails | null> => {
    const details = await get(`${api}/get/${account}`).catch(asMissing)
    return details === null ? null : readAs(clientDetailsSchema, details, 'client')
  }

  let known: { readonly until: Date; readonly inbounds: readonly WireInbound[] } | null = null

  const readInbounds = async (): Promise<readonly WireInbound[]> => {
    const inbounds: WireInbound[] = []
    for (const id of inboundIds) {
      const found = await get(`panel/api/inbounds/get/${id}`).catch(asMissing)
      if (found !== null) inbounds.push(readAs(inboundSchema, found, 'inbound'))
    }
    const chosen = chooseInbounds(inbounds, inboundIds)
    const linked = hasManagedHosts
      ? await Promise.all(chosen.map((inbound) => withManagedHosts(session, inbound)))
      : chosen
    known = { until: addMs(clock.now(), factsLifeMs), inbounds: linked }
    return linked
  }

  const knownInbounds = async (): Promise<readonly WireInbound[]> =>
    known && isBefore(clock.now(), known.until) ? known.inbounds : readInbounds()

  /** One change towards the wish; null when there is nothing left to change. */
  const nextStep = (
    found: ClientDetails | null,
    wish: ClientWish,
    isListedTwice: boolean,
  ): (() => Promise<unknown>) | null => {
    if (found === null) return () => post('add', { client: mergeClient(null, wish), inboundIds })
    // Panels 3.1–3.4 append a second entry when an add is repeated. Deleting takes all of them; the next round adds one.
    if (isListedTwice) return () => post(`del/${wish.email}?keepTraffic=1`)
    const current = asWireClient(found.client)
    const enable = wish.enable && !isRightlyCut(found, wish, clock.now())
    if (!isFulfilled(current, wish) && !isFulfilled(current, { ...wish, enable }))
      return () => post(`update/${wish.email}`, mergeClient(current, wish))
    const missing = inboundIds.filter((id) => !found.inboundIds.includes(id))
    if (missing.length > 0) return () => post(`${wish.email}/attach`, { inboundIds: missing })
    const surplus = found.inboundIds.filter((id) => !inboundIds.includes(id))
    if (surplus.length > 0) return () => post(`${wish.email}/detach`, { inboundIds: surplus })
    return null
  }

  const ensure = async (spec: AccountSpec): Promise<readonly WireInbound[]> => {
    let refusal: PanelRefusal | null = null
    // Whoever was there before may be listed twice; whoever we have just added, once, is not looked for in the lists.
    let mayBeTwice = true
    for (let round = 0; round < ensureRounds; round++) {
      const found = await findClient(spec.account)
      const isDoubtful = found !== null && mayBeTwice
      const inbounds = isDoubtful ? await readInbounds() : await knownInbounds()
      const wish = wishFor(spec, spec.account, inbounds.map(vlessFlow).find((flow) => flow !== '') ?? '')
      const isListedTwice = isDoubtful && inbounds.some((inbound) => entriesOf(inbound, wish.email) > 1)
      const step = nextStep(found, wish, isListedTwice)
      if (step === null) return inbounds
      if (refusal !== null) throw refusal
      refusal = await step().then(() => null, onlyOvertaken)
      mayBeTwice = found !== null || refusal !== null
    }
    throw new EndpointUnreachable(`the panel does not keep the changes made to ${spec.account}`)
  }

  const rows = async () => readAs(clientRowsSchema, await get(`${api}/list`), 'list of clients')

  return {
    ensure,
    async remove(account) {
      await post(`del/${account}`).catch(asMissing)
      if ((await findClient(account)) !== null) throw new EndpointUnreachable(`the panel does not let go of ${account}`)
    },
    async list() {
      return (await rows()).flatMap((row) => {
        const account = readAccount(row.email)
        return account === null ? [] : [stateOf(account, row)]
      })
    },
    async usage() {
      return sumUsage((await rows()).flatMap((row) => (row.traffic ? [row.traffic] : [])))
    },
  }
}

const entriesOf = (inbound: WireInbound, email: string): number =>
  (inbound.settings.clients ?? []).filter((client) => client.email === email).length

const stateOf = (account: AccountId, row: ClientRecord): AccountState => ({
  account,
  enabled: row.enable,
  differencesFrom: (spec) => clientDifferences(asWireClient(row), spec),
})

/** Whether the panel has its reason, one that we gave it, to have switched the client off. */
const isRightlyCut = ({ usedTraffic }: ClientDetails, { expiryTime, totalGB }: ClientWish, now: Date): boolean =>
  (expiryTime > 0 && expiryTime <= now.getTime()) || (totalGB > 0 && usedTraffic >= totalGB)

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

/** A repeat of an add that timed out but was carried out: the next look finds it. */
function onlyOvertaken(error: unknown): PanelRefusal {
  if (error instanceof PanelRefusal && (error.says('already in use') || error.says('Duplicate email'))) return error
  throw error
}
