import { StaffEntity } from '@vpn-kiosk/db'
import { type Id, newId, type StaffRole, tidyName } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { type Actor, auditedActor, type Forbidden, mayAct, type Seen, seeIfPermitted } from './permission.ts'

export type ChangeStaffDeps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

export interface StaffMember {
  readonly id: Id<'staff'>
  readonly telegramId: bigint
  readonly name: string
  readonly role: StaffRole
  readonly createdAt: Date
}

export interface NewStaff {
  readonly telegramId: bigint
  readonly name: string
  /** `owner` is given by the operator alone: nobody in Telegram makes another owner. */
  readonly role: StaffRole
}

export type AddStaffResult = { readonly kind: 'added' | 'changed' | 'is_owner' } | Forbidden
export type RemoveStaffResult = { readonly kind: 'removed' | 'unknown_staff' } | Forbidden

const nameLength = 64

/** Everybody with a row, oldest first; the configuration's owner has none. */
export const listStaff = (deps: ChangeStaffDeps, actor: Actor): Promise<Seen<StaffMember[]>> =>
  seeIfPermitted(deps, actor, 'change_staff', () =>
    deps.db.em().find(StaffEntity, {}, { orderBy: { createdAt: 'asc' } }),
  )

/** Gives a person a role; for who has one already, changes it. */
export async function addStaff(deps: ChangeStaffDeps, actor: Actor, person: NewStaff): Promise<AddStaffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'change_staff', em))) return { kind: 'forbidden' }
    if (person.role === 'owner' && actor !== 'operator') return { kind: 'forbidden' }
    if (person.telegramId === deps.policy.ownerTelegramId) return { kind: 'is_owner' }
    const now = deps.clock.now()
    const before = await em.findOne(StaffEntity, { telegramId: person.telegramId })
    const name = tidyName(person.name, nameLength) || String(person.telegramId)
    const [row] = await em.execute<{ id: Id<'staff'> }[]>(
      `insert into staff (id, telegram_id, name, role, created_at) values (?, ?, ?, ?, ?)
       on conflict (telegram_id) do update set name = excluded.name, role = excluded.role returning id`,
      [newId('staff'), person.telegramId, name, person.role, now],
    )
    const after = { telegramId: String(person.telegramId), name, role: person.role }
    await recordAudit(
      em,
      {
        actor: auditedActor(actor),
        action: 'add_staff',
        subject: row?.id ?? '',
        before: before ? { name: before.name, role: before.role } : null,
        after,
      },
      now,
    )
    return { kind: before ? 'changed' : 'added' }
  })
}

/** Takes a person's role away: their next press is a stranger's. */
export async function removeStaff(deps: ChangeStaffDeps, actor: Actor, id: Id<'staff'>): Promise<RemoveStaffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await mayAct(deps, actor, 'change_staff', em))) return { kind: 'forbidden' }
    const row = await em.findOne(StaffEntity, { id })
    if (!row) return { kind: 'unknown_staff' }
    await em.execute('update tickets set assignee_id = null where assignee_id = ?', [id])
    await em.nativeDelete(StaffEntity, { id })
    const before = { telegramId: String(row.telegramId), name: row.name, role: row.role }
    await recordAudit(em, { actor: auditedActor(actor), action: 'remove_staff', subject: id, before }, deps.clock.now())
    return { kind: 'removed' }
  })
}
