import type { AccountId, AccountSpec, AccountState, AccountUsage } from '@vpn-kiosk/domain'
import { EndpointRefused } from '@vpn-kiosk/domain'
import { readAccount } from './account-email.ts'
import type { ClientStat, WireInbound } from './wire.ts'

/** Accounts on one generation of the panel. Writes are already taking turns when they get here. */
export interface AccountStore {
  /** Resolves with the chosen inbounds as they are once the account is on each of them as `spec` says. */
  ensure(spec: AccountSpec): Promise<readonly WireInbound[]>
  remove(account: AccountId): Promise<void>
  list(): Promise<readonly AccountState[]>
  usage(): Promise<readonly AccountUsage[]>
}

/**
 * How often a change is looked at and made again. The first look finds what to write, the next proves that the write
 * was kept: another writer (the panel's admin, another process) can overwrite it between the panel's read and write.
 */
export const ensureRounds = 5

/** The chosen inbounds, in the order chosen. */
export function chooseInbounds(inbounds: readonly WireInbound[], ids: readonly number[]): WireInbound[] {
  return ids.map((id) => {
    const inbound = inbounds.find((candidate) => candidate.id === id)
    if (inbound === undefined) throw new EndpointRefused(`inboundIds: the panel has no inbound ${id}`)
    if (inbound.protocol !== 'vless')
      throw new EndpointRefused(`inboundIds: inbound ${id} is ${inbound.protocol}, not vless`)
    return inbound
  })
}

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
