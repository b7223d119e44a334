import type { Clock } from '../time/time.ts'

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
  readonly documents: readonly AccessDocument[]
}

export interface AccountState {
  readonly account: AccountId
  readonly enabled: boolean
}

/** Counters since the account was made or the endpoint last restarted, in bytes, as the customer sees them. */
export interface AccountUsage {
  readonly account: AccountId
  readonly uploadBytes: bigint
  readonly downloadBytes: bigint
  readonly lastSeenAt: Date | null
}

export type EndpointHealth =
  | {
      readonly kind: 'up'
      readonly version: string
      readonly online: number | null
      readonly cpuPercent: number | null
      readonly memoryPercent: number | null
    }
  | { readonly kind: 'degraded'; readonly reason: string }

/** One endpoint, opened. Every write states a wish and may be repeated after a time-out. */
export interface VpnDriver {
  readonly id: DriverId
  readonly protocols: readonly Protocol[]
  /** Makes the account be as `spec` says, creating it where it is absent. Twice is once. */
  ensureAccount(spec: AccountSpec): Promise<Credentials>
  /** Absent is success. */
  removeAccount(account: AccountId): Promise<void>
  /** Only accounts that carry our tag. */
  listAccounts(): AsyncIterable<AccountState>
  /** In bulk, never one call an account. */
  readUsage(): AsyncIterable<AccountUsage>
  /** Resolves when the endpoint answers; throws `EndpointUnreachable` or `EndpointRefused`. */
  probe(): Promise<EndpointHealth>
  close(): Promise<void>
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
  /** Checks settings and secrets that came from outside; throws `EndpointRefused` naming the field. */
  parse(config: EndpointConfig): EndpointConfig
  /** The addresses an account may get, lowest first; null where the driver needs none. */
  addressPool(config: EndpointConfig): Iterable<string> | null
  /** New secrets for one account. Pure but for randomness. */
  mintSecrets(): AccountSecrets
  /** Connects with what is known so far, and says what is there. Nothing is changed. */
  discover(config: EndpointConfig): Promise<EndpointDiscovery>
  open(config: EndpointConfig, context: { readonly clock: Clock }): VpnDriver
}

/** The endpoint answered, and said no (wrong password, bad setting). Asking again unchanged will not help. */
export class EndpointRefused extends Error {
  override readonly name = 'EndpointRefused'
}

/** No answer, or one that leaves the outcome unknown. Ensure again. */
export class EndpointUnreachable extends Error {
  override readonly name = 'EndpointUnreachable'
}
