import {
  type AccountId,
  type AccountSecrets,
  type AccountSpec,
  type AccountState,
  type AccountUsage,
  type EndpointProblem,
  EndpointRefused,
  isAccountId,
} from '@vpn-kiosk/domain'
import type { ServedInbounds } from './served-inbounds.ts'
import type { ClientStat } from './wire.ts'

/** Accounts on one generation of the panel. Writes are already taking turns when they get here. */
export interface AccountStore {
  /** Resolves with the chosen inbounds as they are once the account is on each that is there, as `spec` says. */
  ensure(spec: AccountSpec): Promise<ServedInbounds>
  /** The chosen inbounds as they are now. */
  look(): Promise<ServedInbounds>
  /** `secrets` find an account that the panel's admin has renamed. */
  remove(account: AccountId, secrets?: AccountSecrets): Promise<void>
  list(): AsyncIterable<AccountState>
  usage(): AsyncIterable<AccountUsage>
}

/**
 * How often a change is looked at and made again. The first look finds what to write, the next proves that the write
 * was kept: another writer (the panel's admin, another process) can overwrite it between the panel's read and write.
 */
export const ensureRounds = 5

/** Whoever is to be let in must get at least one way in; whoever is cut needs none. */
export function assertServed(spec: AccountSpec, { working, problems }: ServedInbounds): void {
  if (!spec.enabled || working.length > 0) return
  const [first] = problems
  throw new EndpointRefused(`no inbound works: ${problems.map(describeProblem).join(', ')}`, {
    code: problems.length === 1 && first !== undefined ? first.code : 'inbound_missing',
  })
}

export const describeProblem = ({ code, detail }: EndpointProblem): string => `${detail} ${code}`

/** One line of usage an account: a legacy account has a counter on each of its inbounds. */
export function sumUsage(stats: Iterable<ClientStat>): AccountUsage[] {
  const sums = new Map<AccountId, AccountUsage>()
  for (const stat of stats) {
    const account = readAccount(stat.email)
    if (account === null) continue
    const before = sums.get(account)
    sums.set(account, {
      account,
      uploadBytes: (before?.uploadBytes ?? 0n) + stat.up,
      downloadBytes: (before?.downloadBytes ?? 0n) + stat.down,
      lastSeenAt: latestOf(before?.lastSeenAt ?? null, stat.lastOnline),
    })
  }
  return [...sums.values()]
}

const latestOf = (before: Date | null, seenMs: number): Date | null =>
  seenMs > (before?.getTime() ?? 0) ? new Date(seenMs) : before

/**
 * Panels name a client by an "email". Ours is the account itself. A legacy panel wants another email on each inbound,
 * so that the same account on a second one is called `vk-….<inbound id>`.
 */
export function readAccount(email: string): AccountId | null {
  const [head = '', tail, ...rest] = email.split('.')
  const known = rest.length === 0 && (tail === undefined || /^\d+$/.test(tail))
  return known && isAccountId(head) ? head : null
}

export const accountEmail = (account: AccountId, inboundId: number, isFirst: boolean): string =>
  isFirst ? account : `${account}.${inboundId}`
