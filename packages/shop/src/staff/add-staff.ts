import { StaffEntity } from '@vpn-kiosk/db'
import { newId, type StaffRole, tidyName } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from './audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from './has-permission.ts'

export interface NewStaff {
  readonly telegramId: bigint
  readonly name: string
  /** `owner` is given by the operator alone: nobody in Telegram makes another owner. */
  readonly role: StaffRole
}

export type AddStaffResult = { readonly kind: 'added' | 'changed' | 'is_owner' } | Forbidden

const nameLength = 64

/** Gives a person a role; for who has one already, changes it. */
export async function addStaff(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  person: NewStaff,
): Promise<AddStaffResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_staff', em))) return { kind: 'forbidden' }
    if (person.role === 'owner' && actor !== 'operator') return { kind: 'forbidden' }
    if (person.telegramId === deps.policy.ownerTelegramId) return { kind: 'is_owner' }
    const now = deps.clock.now()
    const before = await em.findOne(StaffEntity, { telegramId: person.telegramId })
    const name = tidyName(person.name, nameLength) || String(person.telegramId)
    const { telegramId, role } = person
    const { id } = await em
      .getKysely()
      .insertInto('staff')
      .values({ id: newId('staff'), telegram_id: telegramId, name, role, created_at: now })
      .onConflict((conflict) => conflict.column('telegram_id').doUpdateSet({ name, role }))
      .returning('id')
      .executeTakeFirstOrThrow()
    const after = { telegramId: String(telegramId), name, role }
    await recordAudit(
      em,
      {
        actor: auditedActor(actor),
        action: 'add_staff',
        subject: id,
        before: before ? { name: before.name, role: before.role } : null,
        after,
      },
      now,
    )
    return { kind: before ? 'changed' : 'added' }
  })
}
