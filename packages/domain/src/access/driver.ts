import type { Clock } from '../time/time.ts'
import type { EndpointProblem } from './endpoint-errors.ts'

/** A driver's folder name under packages/vpn: `xui`, `wireguard` … */
export type DriverId = string

export const protocols = ['vless', 'wireguard', 'openvpn', 'ikev2'] as const
export type Protocol = (typeof protocols)[number]

/**
 * The name of an account on an endpoint: `vk-` and the tail of our access id, lower case, `^vk-[0-9a-z]{4,40}$`.
 * `vk-` is our tag: an account without it is somebody else's and is never touched.
 */
export type AccountId = `vk-${string}`

export const isAccountId = (text: string): text is AccountId => /^vk-[0-9a-z]{4,40}$/.test(text)

/** What only this account may know (uuid, keys). Minted and stored before the first driver call. */
export type AccountSecrets = Readonly<Record<string, string>>

/** The state an account should be in. */
export interface AccountSpec {
  readonly account: AccountId
  readonly secrets: AccountSecrets
  /** The tunnel address reserved for it, e.g. `10.8.0.5`; null where the driver needs none. */
  readonly address: string | null
  readonly enabled: boolean
  /** When the endpoint should cut it off by itself, where it can; null = never. */
  readonly expiresAt: Date | null
  /** Upload and download together, in bytes; null = unlimited. */
  readonly trafficLimitBytes: bigint | null
  readonly deviceLimit: number | null
  /** What the customer's app shows for this way in, e.g. `🇳🇱 Amsterdam`. */
  readonly label: string
}

/** What the customer gets. A link is one share URI; a file is a whole configuration (its name ≤ 15 characters and the ending). */
export type AccessDocument =
  | { readonly kind: 'link'; readonly uri: string }
  | { readonly kind: 'file'; readonly name: string; readonly mediaType: string; readonly body: string }

export interface Credentials {
  /** Only what works now; none for a disabled account whose way in is broken. */
  readonly documents: readonly AccessDocument[]
  /** The same text as long as the documents would be the same for this account; absent where they never change. */
  readonly documentsKey?: string
  /** The parts of the endpoint that could not be given, and why; absent when everything was. */
  readonly problems?: readonly EndpointProblem[]
}

export const accountDifferences = ['secrets', 'end', 'traffic_limit', 'device_limit', 'inbounds'] as const
export type AccountDifference = (typeof accountDifferences)[number]

/** An account as the endpoint holds it. */
export interface AccountState {
  readonly account: AccountId
  /** Whether it lets its holder in now. */
  readonly enabled: boolean
  /**
   * What `ensureAccount(spec)` would change beside the switch; empty when the endpoint holds what it should. What a
   * driver cannot keep (WireGuard has no limits) never differs.
   */
  differencesFrom(spec: AccountSpec): readonly AccountDifference[]
}

/** Counters since the account was made or, unless the kind keeps them, the endpoint last restarted; in bytes, as the customer sees them. */
export interface AccountUsage {
  readonly account: AccountId
  readonly uploadBytes: bigint
  readonly downloadBytes: bigint
  readonly lastSeenAt: Date | null
}

/** What an endpoint says of itself; null where it cannot tell. */
export interface EndpointFigures {
  readonly version: string
  readonly online: number | null
  readonly cpuPercent: number | null
  readonly memoryPercent: number | null
  /**
   * When the part that holds the accounts was started. A later time than before means a restart, perhaps from a restored
   * copy.
   */
  readonly runningSince?: Date | null
  /** As in `Credentials`: what documents made now would say. */
  readonly documentsKey?: string
}

export type EndpointHealth =
  | ({ readonly kind: 'up' } & EndpointFigures)
  | ({
      readonly kind: 'degraded'
      /** Technical, for logs and `doctor`. */
      readonly reason: string
      readonly problems: readonly EndpointProblem[]
      /** Whether somebody who comes new would get at least one working way in. */
      readonly takesNewcomers: boolean
    } & Partial<EndpointFigures>)

/**
 * One endpoint, opened. Every write states a wish and may be repeated after a time-out. Each method throws
 * `EndpointRefused` when the endpoint answered and said no, `EndpointUnreachable` when no answer came.
 *
 * @example
 * const driver = kind.open(kind.parse({ settings, secrets }), { clock })
 * const { documents } = await driver.ensureAccount({ ...spec, enabled: true }) // share links or files
 * await driver.ensureAccount({ ...spec, enabled: false }) // cut, and kept
 * await driver.close()
 */
export interface VpnDriver extends Partial<DropsConnections> {
  readonly id: DriverId
  readonly protocols: readonly Protocol[]
  /**
   * Makes the account be as `spec` says, creating it where it is absent. Twice is once. One broken part of the endpoint
   * does not stop the rest; disabling goes through wherever the account is. Refused when an enabled account would get no
   * working way in.
   */
  ensureAccount(spec: AccountSpec): Promise<Credentials>
  /**
   * Absent is success. `secrets` are the account's own, where they are known: with them it is found as well under a name
   * that somebody else gave it on the endpoint.
   */
  removeAccount(account: AccountId, secrets?: AccountSecrets): Promise<void>
  /** Only accounts that carry our tag. */
  listAccounts(): AsyncIterable<AccountState>
  /** In bulk, never one call an account. */
  readUsage(): AsyncIterable<AccountUsage>
  /** How the endpoint is, and the core and inbounds behind it. */
  probe(): Promise<EndpointHealth>
  close(): Promise<void>
}

/**
 * For endpoints whose core keeps the open connections of accounts that were disabled or removed. A driver whose writes
 * close open connections by themselves (WireGuard) has no such method.
 */
export interface DropsConnections {
  /**
   * Ends the open connections of accounts that are cut already. Where the core cannot end single ones it is restarted,
   * and everybody reconnects within seconds: call it rarely (`dropRestMs`), with everybody cut since. Does nothing when
   * none of the accounts was seen online.
   */
  dropConnections(accounts: readonly AccountId[]): Promise<DropResult>
}

export interface DropResult {
  /** `restarted`: everybody on the endpoint was interrupted for a moment. */
  readonly kind: 'nobody_online' | 'dropped' | 'restarted'
}

/** Where an endpoint is: `settings` are public, `secrets` are stored encrypted. Both in the driver's own shape. */
export interface EndpointConfig {
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** How a driver finds out, before a server is saved, what can be chosen and what must be confirmed. */
export interface EndpointDiscovery {
  /** A few plain facts for the admin, e.g. `{ panel: '3.6.0', inbound: 'vless-reality :443' }`. */
  readonly facts: Readonly<Record<string, string>>
  /** What only the admin can tell, e.g. the host that customers dial; `suggestion` is our guess. */
  readonly questions: readonly { readonly setting: string; readonly suggestion: string | null }[]
  /** What would not work as things are: inbounds that are off, or that do not answer from here. */
  readonly problems: readonly EndpointProblem[]
  /** Choices still open, e.g. the panel's inbounds. */
  readonly choices: readonly { readonly setting: string; readonly value: string; readonly label: string }[]
  /** Settings found on the way that must be saved, e.g. the host key's fingerprint. */
  readonly found: Readonly<Record<string, unknown>>
}

/** A kind of endpoint: what a folder under packages/vpn exports. */
export interface DriverKind {
  readonly id: DriverId
  readonly protocols: readonly Protocol[]
  /** One account a device (WireGuard) or one a subscription (VLESS). */
  readonly accountPer: 'device' | 'subscription'
  /**
   * Whether counters survive a restart of the endpoint. Then a counter that went down was set back, by a restored copy
   * or by hand, and its bytes were counted before. Absent: a counter that went down began at zero, and all of it is new.
   */
  readonly keepsCounters?: boolean
  /** Checks settings and secrets that came from outside; throws `EndpointRefused` (`settings_invalid`) naming the field. */
  parse(config: EndpointConfig): EndpointConfig
  /** The same text for two configurations that lead to the same endpoint, e.g. `panel.example:2053/base/`. Holds no secret. */
  identify(config: EndpointConfig): string
  /** The addresses an account may get, lowest first; null where the driver needs none. */
  addressPool(config: EndpointConfig): Iterable<string> | null
  /** New secrets for one account. Pure but for randomness. */
  mintSecrets(): AccountSecrets
  /**
   * Connects with what is known so far and reports what the endpoint has. Changes nothing. Throws like a driver's
   * methods.
   */
  discover(config: EndpointConfig): Promise<EndpointDiscovery>
  open(config: EndpointConfig, context: { readonly clock: Clock }): VpnDriver
}
