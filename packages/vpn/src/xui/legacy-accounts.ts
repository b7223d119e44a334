import { randomUUID } from 'node:crypto'
import { type AccountId, type AccountSpec, type AccountState, type Clock, EndpointUnreachable } from '@vpn-kiosk/domain'
import { vlessFlow } from '../documents/share-link.ts'
import { accountEmail, readAccount } from './account-email.ts'
import { type AccountStore, chooseInbounds, ensureRounds, sumUsage } from './account-store.ts'
import { clientDifferences, isFulfilled, mergeClient, wishFor } from './client-wish.ts'
import { PanelRefusal } from './panel-error.ts'
import type { PanelSession } from './panel-session.ts'
import { inboundListSchema, readAs, type WireClient, type WireInbound } from './wire.ts'

const api = 'panel/api/inbounds'

const clientsOf = (inbound: WireInbound): WireClient[] => inbound.settings.clients ?? []
const oursIn = (inbound: WireInbound, account: AccountId): WireClient[] =>
  clientsOf(inbound).filter((client) => readAccount(client.email) === account)

/** Accounts on panels 2.4–3.0: a client lives inside one inbound's settings, and its email is unique on the panel. */
export function createLegacyAccounts(session: PanelSession, inboundIds: readonly number[], clock: Clock): AccountStore {
  const listInbounds = async (): Promise<WireInbound[]> =>
    readAs(inboundListSchema, await session.call({ method: 'GET', path: `${api}/list` }), 'list of inbounds')
  const post = (path: string, json: unknown = {}) => session.call({ method: 'POST', path: `${api}/${path}`, json })
  const writeClient = (path: string, inbound: WireInbound, client: WireClient) =>
    post(path, { id: inbound.id, settings: JSON.stringify({ clients: [client] }) })

  /**
   * The panel refuses to delete an inbound's last client. A disabled one that is nobody's takes its place for good, so
   * that "removed" means the same everywhere: not there, and not able to connect.
   */
  const removeClient = async (inbound: WireInbound, client: WireClient): Promise<void> => {
    if (clientsOf(inbound).every((other) => other.id === client.id))
      await writeClient('addClient', inbound, keeper(inbound.id))
    await post(`${inbound.id}/delClient/${encodeURIComponent(client.id ?? '')}`)
  }

  /** One change towards the wish; null when there is nothing left to change. */
  const nextStep = (spec: AccountSpec, inbounds: readonly WireInbound[]): (() => Promise<unknown>) | null => {
    for (const inbound of inbounds) {
      const surplus = oursIn(inbound, spec.account).slice(inboundIds.includes(inbound.id) ? 1 : 0)
      if (surplus[0] !== undefined) return () => removeClient(inbound, surplus[0]!)
    }
    for (const inbound of chooseInbounds(inbounds, inboundIds)) {
      const current = oursIn(inbound, spec.account)[0] ?? null
      const email = current?.email ?? accountEmail(spec.account, inbound.id, inbound.id === inboundIds[0])
      const wish = wishFor(spec, email, vlessFlow(inbound))
      if (current === null) return () => writeClient('addClient', inbound, mergeClient(null, wish))
      if (!isFulfilled(current, wish) || isCutWrongly(inbound, current, spec, clock.now())) {
        return () =>
          writeClient(`updateClient/${encodeURIComponent(current.id ?? '')}`, inbound, mergeClient(current, wish))
      }
    }
    return null
  }

  return {
    async ensure(spec) {
      let refusal: PanelRefusal | null = null
      for (let round = 0; round < ensureRounds * Math.max(1, inboundIds.length); round++) {
        const inbounds = await listInbounds()
        const step = nextStep(spec, inbounds)
        if (step === null) return chooseInbounds(inbounds, inboundIds)
        if (refusal !== null) throw refusal
        refusal = await step().then(() => null, onlyOvertaken)
      }
      throw new EndpointUnreachable(`the panel does not keep the changes made to ${spec.account}`)
    },

    async remove(account) {
      for (let round = 0; round < ensureRounds * 2; round++) {
        const inbounds = await listInbounds()
        const holder = inbounds.find((inbound) => oursIn(inbound, account).length > 0)
        if (holder === undefined) return
        await removeClient(holder, oursIn(holder, account)[0]!).catch(onlyOvertaken)
      }
      throw new EndpointUnreachable(`the panel does not let go of ${account}`)
    },

    async list() {
      const states = new Map<AccountId, AccountState>()
      for (const inbound of await listInbounds()) {
        for (const client of clientsOf(inbound)) {
          const account = readAccount(client.email)
          if (account === null) continue
          const enabled = client.enable === true && !isCut(inbound, client.email)
          const before = states.get(account)
          states.set(account, {
            account,
            enabled: enabled || before?.enabled === true,
            differencesFrom: (spec) => [
              ...new Set([...(before?.differencesFrom(spec) ?? []), ...clientDifferences(client, spec)]),
            ],
          })
        }
      }
      return [...states.values()]
    },

    async usage() {
      return sumUsage((await listInbounds()).flatMap((inbound) => inbound.clientStats ?? []))
    },
  }
}

/** Depletion shows only in the counters' row; the client's own switch stays on. */
const isCut = (inbound: WireInbound, email: string): boolean =>
  inbound.clientStats?.some((stat) => stat.email === email && !stat.enable) === true

/**
 * Whether the panel cut the client off though it has time and traffic left (a renewal of which only half was kept):
 * writing the same once more switches it on.
 */
function isCutWrongly(inbound: WireInbound, client: WireClient, spec: AccountSpec, now: Date): boolean {
  if (!spec.enabled || !isCut(inbound, client.email)) return false
  const stat = inbound.clientStats?.find((candidate) => candidate.email === client.email)
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
