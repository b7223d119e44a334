import { type EntityManager, SettingEntity } from '@vpn-kiosk/db'
import { type LocalizedText, type MethodId, methodIdOf, type PaymentProvider, readMethodId } from '@vpn-kiosk/domain'
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

/** Methods that it does not name come last, and are as they were configured. */
export interface KeptMethods {
  readonly order: readonly MethodId[]
  readonly methods: Readonly<Record<MethodId, MethodSettings>>
  /** Where nobody has chosen, a provider's ways to pay are offered one by one instead of its page with all of them. */
  readonly areApart?: boolean
}

export const methodsKey = 'payment:methods' satisfies SettingKey

export async function readMethods({ db }: Pick<ShopDeps, 'db'>, em: EntityManager = db.em()): Promise<KeptMethods> {
  const row = await em.findOne(SettingEntity, { key: methodsKey })
  return (row?.value as KeptMethods | undefined) ?? { order: [], methods: {} }
}

const asConfigured: MethodSettings = { isOffered: true, percent: 0, title: {} }

type Providers = ReadonlyMap<string, Pick<PaymentProvider, 'id' | 'methods' | 'recurring'>>

/** As chosen, or by default; a way to pay asks for the percentage of its provider until it is given one of its own. */
export function settingsOf(kept: KeptMethods, id: MethodId, providers: Providers): MethodSettings {
  const chosen = kept.methods[id]
  if (chosen) return chosen
  const { provider, method } = readMethodId(id)
  const { areApart = false } = kept
  const isRecurring = method !== undefined && providers.get(provider)?.recurring?.method === method
  if (method !== undefined)
    return {
      ...asConfigured,
      isOffered: areApart || isRecurring,
      percent: kept.methods[provider]?.percent ?? asConfigured.percent,
    }
  return { ...asConfigured, isOffered: !areApart || !providers.get(provider)?.methods?.length }
}

/** Every way to pay of these providers, in the order in which customers see them. */
export function listMethodIds({ order }: KeptMethods, providers: Providers): MethodId[] {
  const all = [...providers.values()].flatMap(({ id, methods = [], recurring }) => [
    ...methods.map((method) => methodIdOf({ provider: id, method })),
    id,
    ...(recurring ? [methodIdOf({ provider: id, method: recurring.method })] : []),
  ])
  const named = (id: MethodId) => (order.includes(id) ? order.indexOf(id) : null)
  // What nobody has placed stands by the rest of its provider.
  const placeOf = (id: MethodId) => named(id) ?? named(readMethodId(id).provider) ?? order.length
  return all.sort((a, b) => placeOf(a) - placeOf(b))
}

/** Whether the shop has this way to pay. */
export const isMethod = (id: MethodId, providers: Providers): boolean => {
  const { provider, method } = readMethodId(id)
  const known = providers.get(provider)
  if (known === undefined || method === undefined) return known !== undefined
  return known.recurring?.method === method || (known.methods?.includes(method) ?? false)
}
