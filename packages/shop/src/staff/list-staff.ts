import { StaffEntity } from '@vpn-kiosk/db'
import type { Id, StaffRole } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from './has-permission.ts'
import { readIfPermitted } from './read-if-permitted.ts'

export interface StaffMember {
  readonly id: Id<'staff'>
  readonly telegramId: bigint
  readonly name: string
  readonly role: StaffRole
  readonly createdAt: Date
}

/** Everybody with a row, oldest first; the configuration's owner has none. */
export const listStaff = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<StaffMember[]>> =>
  readIfPermitted(deps, actor, 'change_staff', () =>
    deps.db.em().find(StaffEntity, {}, { orderBy: { createdAt: 'asc' } }),
  )
