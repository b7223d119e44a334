import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type DiscountSettings, readDiscountSettings } from './read-discount-settings.ts'

/** The happy hours and the offer of winning back, for whoever may change them. */
export const getDiscountSettings = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
): Promise<Seen<DiscountSettings>> =>
  readIfPermitted(deps, actor, 'change_plans', () => readDiscountSettings(deps.db.em()))
