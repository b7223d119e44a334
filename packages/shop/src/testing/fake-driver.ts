import {
  type AccountDifference,
  type AccountSpec,
  type AccountState,
  type AccountUsage,
  accountDifferences,
  type DriverKind,
  EndpointUnreachable,
  randomText,
} from '@vpn-kiosk/domain'

/** A driver in memory, one endpoint's accounts whatever the settings. It fails on request. */
export interface FakeDriver extends DriverKind {
  readonly accounts: Map<string, AccountSpec>
  readonly usage: Map<string, AccountUsage>
  /** Names of accounts in the order in which they were made: a duplicate would show. */
  readonly created: string[]
  setDown(isDown: boolean): void
  /** The next write is done, but its answer is lost. */
  loseNextAnswer(): void
}

export function createFakeDriver(id: string, accountPer: DriverKind['accountPer']): FakeDriver {
  const accounts = new Map<string, AccountSpec>()
  const usage = new Map<string, AccountUsage>()
  const created: string[] = []
  const protocol = accountPer === 'device' ? 'wireguard' : 'vless'
  let isDown = false
  let isAnswerLost = false
  const reach = () => {
    if (isDown) throw new EndpointUnreachable('the fake endpoint does not answer')
  }
  const answer = () => {
    if (!isAnswerLost) return
    isAnswerLost = false
    throw new EndpointUnreachable('the answer was lost')
  }
  return {
    id,
    accountPer,
    protocols: [protocol],
    accounts,
    usage,
    created,
    setDown: (value) => {
      isDown = value
    },
    loseNextAnswer: () => {
      isAnswerLost = true
    },
    parse: (config) => config,
    addressPool: () => (accountPer === 'device' ? ['10.8.0.2', '10.8.0.3', '10.8.0.4'] : null),
    mintSecrets: () => ({ uuid: randomText(16) }),
    identify: ({ settings }) => JSON.stringify(settings),
    discover: async () => ({ facts: {}, choices: [], questions: [], problems: [], found: {} }),
    open: () => ({
      id,
      protocols: [protocol],
      ensureAccount: async (spec) => {
        reach()
        if (!accounts.has(spec.account)) created.push(spec.account)
        accounts.set(spec.account, spec)
        answer()
        return { documents: [{ kind: 'link', uri: `${protocol}://${spec.secrets.uuid}@host#${spec.account}` }] }
      },
      removeAccount: async (account, secrets) => {
        reach()
        for (const [name, held] of accounts)
          if (name === account || held.secrets.uuid === secrets?.uuid) accounts.delete(name)
        answer()
      },
      listAccounts: async function* () {
        reach()
        for (const held of accounts.values()) yield stateOf(held)
      },
      readUsage: async function* () {
        reach()
        yield* usage.values()
      },
      probe: async () => {
        reach()
        return { kind: 'up', version: 'fake', online: 0, cpuPercent: 1, memoryPercent: 1 }
      },
      close: async () => {},
    }),
  }
}

const stateOf = (held: AccountSpec): AccountState => ({
  account: held.account,
  enabled: held.enabled,
  differencesFrom: (spec) => {
    const differs: Record<AccountDifference, boolean> = {
      secrets: JSON.stringify(held.secrets) !== JSON.stringify(spec.secrets),
      end: held.expiresAt?.getTime() !== spec.expiresAt?.getTime(),
      traffic_limit: held.trafficLimitBytes !== spec.trafficLimitBytes,
      device_limit: held.deviceLimit !== spec.deviceLimit,
      inbounds: false,
    }
    return accountDifferences.filter((difference) => differs[difference])
  },
})
