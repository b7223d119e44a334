import { AuditEntity, type EntityManager } from '@vpn-kiosk/db'
import { type Id, newId } from '@vpn-kiosk/domain'

export interface AuditNote {
  /** Made beforehand where something else is keyed by it. */
  readonly id?: Id<'audit'>
  /** Who acted; null = the shop itself. */
  readonly actor: bigint | null
  /** A verb's name: `ban_customer`, `add_server` … */
  readonly action: string
  /** The id of what was acted on. */
  readonly subject: string
  readonly before?: Record<string, unknown> | null
  readonly after?: Record<string, unknown> | null
}

/** Leaves an audit row in the transaction that made the change. Values must not hold secrets. */
export async function recordAudit(em: EntityManager, note: AuditNote, at: Date): Promise<void> {
  await em.insert(AuditEntity, {
    id: note.id ?? newId('audit'),
    actorTelegramId: note.actor,
    action: note.action,
    subject: note.subject,
    before: note.before ?? null,
    after: note.after ?? null,
    at,
  })
}
