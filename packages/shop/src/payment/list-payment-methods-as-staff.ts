import { ProviderHealthEntity, type ProviderHealthRow } from '@vpn-kiosk/db'
import type { Currency, ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type MethodSettings, readMethods, settingsOf, sortMethods } from './read-methods.ts'

/** A way to pay as staff see it. */
export interface StaffPaymentMethod extends MethodSettings {
  readonly provider: ProviderId
  /** In which it collects, the preferred one first. */
  readonly currencies: readonly Currency[]
  /** How it has answered lately; null before the first probe. */
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
    return sortMethods(kept, deps.providers.keys()).map((provider) => ({
      ...settingsOf(kept, provider),
      provider,
      currencies: deps.providers.get(provider)?.currencies ?? [],
      health: healthOf(rows, provider),
    }))
  })

function healthOf(rows: readonly ProviderHealthRow[], provider: ProviderId): MethodHealth | null {
  const row = rows.find((one) => one.provider === provider)
  if (!row) return null
  const { probedAt = null, said = null, hiddenAt = null } = row
  return { probedAt, said, hiddenAt }
}
