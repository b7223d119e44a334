import type { EntityManager } from '@vpn-kiosk/db'
import { isPermitted, type StaffAction } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findRole } from './find-role.ts'

/** Who acts: a person by Telegram id, or whoever has a shell on the machine, who may do everything. */
export type Actor = bigint | 'operator'

/** The actor has no role that permits it. Said of strangers and of staff alike: nothing leaks. */
export interface Forbidden {
  readonly kind: 'forbidden'
}

/** What a reading verb gives: the thing, or nothing at all. */
export type Seen<T> = { readonly kind: 'seen'; readonly value: T } | Forbidden

export type PermissionDeps = Pick<ShopDeps, 'db' | 'policy'>

/** Asked at each action, not at login: a role taken away stops working with the next press. */
export async function hasPermission(
  deps: PermissionDeps,
  actor: Actor,
  action: StaffAction,
  em?: EntityManager,
): Promise<boolean> {
  if (actor === 'operator') return true
  const role = await findRole(deps, actor, em)
  return role !== null && isPermitted(role, action)
}
