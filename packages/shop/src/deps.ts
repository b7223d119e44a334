import type { Database } from '@vpn-kiosk/db'
import type {
  Clock,
  DriverId,
  DriverKind,
  Language,
  PaymentProvider,
  ProcessName,
  ProviderId,
  RetentionTable,
} from '@vpn-kiosk/domain'
import type { Enqueuer } from '@vpn-kiosk/queue'
import type { Vault } from './secrets/vault.ts'
import type { EndpointPool } from './server/endpoint-pool.ts'

/** What a seller decides. */
export interface Policy {
  /** What the shop is called until an admin gives it a name. */
  readonly shopName: string
  readonly defaultLanguage: Language
  /** All that the shop speaks, the default among them. */
  readonly languages: readonly Language[]
  /** IANA name; people read times in it. */
  readonly timeZone: string
  readonly trialDays: number
  readonly referralBonusDays: number
  /** Where the subscription page and the redirect page are reached, without a trailing slash. */
  readonly publicUrl: string
  readonly ownerTelegramId: bigint | null
  /** Where the daily backups are kept. */
  readonly backupDirectory: string
  /** Folders that the shop fills: staff are told when the disk of one has too little room. */
  readonly filledFolders: readonly string[]
  /** Days that differ from the table of `retention`. */
  readonly retentionDays: Readonly<Partial<Record<RetentionTable, number>>>
  /** The processes that this shop cannot do without. */
  readonly processes: readonly ProcessName[]
}

/** Everything the verbs need; each asks for its own slice. */
export interface ShopDeps {
  readonly db: Database
  readonly queue: Enqueuer
  readonly clock: Clock
  readonly vault: Vault
  readonly providers: ReadonlyMap<ProviderId, PaymentProvider>
  readonly drivers: ReadonlyMap<DriverId, DriverKind>
  readonly endpoints: EndpointPool
  readonly policy: Policy
  /** Called between the steps of what must survive a crash; tests kill the process there. */
  readonly checkpoint: (step: string) => void
}
