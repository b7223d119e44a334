import { type EntityManager, StaffEntity } from '@vpn-kiosk/db'
import { isPermitted, type StaffAction, type StaffRole } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Who acts: a person by Telegram id, or whoever has a shell on the machine, who may do everything. */
export type Actor = bigint | 'operator'

/** The actor has no role that permits it. Said of strangers and of staff alike: nothing leaks. */
export interface Forbidden {
  readonly kind: 'forbidden'
}

/** What a reading verb gives: the thing, or nothing at all. */
export type Seen<T> = { readonly kind: 'seen'; readonly value: T } | Forbidden

export type PermissionDeps = Pick<ShopDeps, 'db' | 'policy'>

/** The owner of the configuration is always `owner`; others have a row; null for everybody else. */
export async function roleOf(
  { db, policy }: PermissionDeps,
  telegramId: bigint,
  em: EntityManager = db.em(),
): Promise<StaffRole | null> {
  if (policy.ownerTelegramId === telegramId) return 'owner'
  const row = await em.findOne(StaffEntity, { telegramId })
  return row?.role ?? null
}

/** Asked at each action, not at login: a role taken away stops working with the next press. */
export async function hasPermission(
  deps: PermissionDeps,
  actor: Actor,
  action: StaffAction,
  em?: EntityManager,
): Promise<boolean> {
  if (actor === 'operator') return true
  const role = await roleOf(deps, actor, em)
  return role !== null && isPermitted(role, action)
}
