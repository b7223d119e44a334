import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import type { LocalizedText, ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { SettingKey } from '../setting/remember.ts'

/** What the shop's people have chosen for one way to pay. */
export interface MethodSettings {
  readonly isOffered: boolean
  /** Whole per cent on top of the plan's price; negative is a discount. */
  readonly percent: number
  /** What customers read on its button; empty = the bot's own words. */
  readonly title: LocalizedText
}

/** Providers that it does not name come last, and are as they were configured. */
export interface KeptMethods {
  readonly order: readonly ProviderId[]
  readonly methods: Readonly<Record<ProviderId, MethodSettings>>
}

export const methodsKey = 'payment:methods' satisfies SettingKey

export async function readMethods({ db }: Pick<ShopDeps, 'db'>, em: EntityManager = db.em()): Promise<KeptMethods> {
  const row = await em.findOne(SettingEntity, { key: methodsKey })
  return (row?.value as KeptMethods | undefined) ?? { order: [], methods: {} }
}

const asConfigured: MethodSettings = { isOffered: true, percent: 0, title: {} }

export const settingsOf = ({ methods }: KeptMethods, provider: ProviderId): MethodSettings =>
  methods[provider] ?? asConfigured

/** In the order in which customers see them. */
export function sortMethods({ order }: KeptMethods, providers: Iterable<ProviderId>): ProviderId[] {
  const placeOf = (provider: ProviderId) => (order.includes(provider) ? order.indexOf(provider) : order.length)
  return [...providers].sort((a, b) => placeOf(a) - placeOf(b))
}
