import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { readAddons, type StaffAddon } from './read-addons.ts'

/** Every add-on, those that are not on sale included. */
export const listAddonsAsStaff = (
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
): Promise<Seen<readonly StaffAddon[]>> => readIfPermitted(deps, actor, 'change_plans', () => readAddons(deps.db.em()))
