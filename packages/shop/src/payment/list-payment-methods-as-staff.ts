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
}

/** Every way to pay that is configured, in the order in which customers see them, those that are not offered included. */
export const listPaymentMethodsAsStaff = (
  deps: Pick<ShopDeps, 'db' | 'policy' | 'providers'>,
  actor: Actor,
): Promise<Seen<readonly StaffPaymentMethod[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const kept = await readMethods(deps)
    return sortMethods(kept, deps.providers.keys()).map((provider) => ({
      ...settingsOf(kept, provider),
      provider,
      currencies: deps.providers.get(provider)?.currencies ?? [],
    }))
  })
