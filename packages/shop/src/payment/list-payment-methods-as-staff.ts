import { ProviderHealthEntity, type ProviderHealthRow } from '@vpn-kiosk/db'
import { type Currency, type MethodId, type ProviderId, readMethodId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { listMethodIds, type MethodSettings, readMethods, settingsOf } from './read-methods.ts'

/** A way to pay as staff see it. */
export interface StaffPaymentMethod extends MethodSettings {
  readonly id: MethodId
  /** The page of a provider whose ways to pay can also be offered one by one. */
  readonly isWhole: boolean
  /** In which it collects, the preferred one first. */
  readonly currencies: readonly Currency[]
  /** False where the provider says that our account cannot collect so: customers are not offered it. */
  readonly isInAccount: boolean
  /** How its provider has answered lately; null before the first probe. */
  readonly health: MethodHealth | null
}

interface MethodHealth {
  readonly probedAt: Date | null
  /** Why the last probe failed; null where it did not. */
  readonly said: string | null
  /** Since when customers are not offered it; null while they are. */
  readonly hiddenAt: Date | null
}

/** Every way to pay that is configured, in the order in which customers see them, those that are not offered included. */
export const listPaymentMethodsAsStaff = (
  deps: Pick<ShopDeps, 'db' | 'policy' | 'providers'>,
  actor: Actor,
): Promise<Seen<readonly StaffPaymentMethod[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const kept = await readMethods(deps)
    const rows = await deps.db.em().find(ProviderHealthEntity, {})
    return listMethodIds(kept, deps.providers).map((id) => {
      const { provider, method } = readMethodId(id)
      const had = rows.find((one) => one.provider === provider)?.methods ?? null
      return {
        ...settingsOf(kept, id, deps.providers),
        id,
        isWhole: method === undefined && (deps.providers.get(provider)?.methods?.length ?? 0) > 0,
        currencies: deps.providers.get(provider)?.currencies ?? [],
        isInAccount: method === undefined || had === null || had.includes(method),
        health: healthOf(rows, provider),
      }
    })
  })

function healthOf(rows: readonly ProviderHealthRow[], provider: ProviderId): MethodHealth | null {
  const row = rows.find((one) => one.provider === provider)
  if (!row) return null
  const { probedAt = null, said = null, hiddenAt = null } = row
  return { probedAt, said, hiddenAt }
}
