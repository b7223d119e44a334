import { BroadcastEntity } from '@vpn-kiosk/db'
import { type BroadcastId, newId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'

/** Telegram's limit of one message, in UTF-16 units. */
export const broadcastLength = 4096

export type CreateBroadcastResult =
  | { readonly kind: 'created'; readonly broadcastId: BroadcastId }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_long'; readonly max: number }
  | Forbidden

type Deps = Pick<ShopDeps, 'db' | 'clock' | 'policy'>

/** Keeps a text for everybody, as plain text: nothing in it is markup. Nothing is sent yet. */
export async function createBroadcast(deps: Deps, actor: Actor, text: string): Promise<CreateBroadcastResult> {
  const trimmed = text.trim()
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
    if (trimmed === '') return { kind: 'empty' }
    if (trimmed.length > broadcastLength) return { kind: 'too_long', max: broadcastLength }
    const now = deps.clock.now()
    const id = newId('broadcast')
    await em.insert(BroadcastEntity, {
      id,
      authorTelegramId: auditedActor(actor) ?? 0n,
      text: trimmed,
      state: 'draft',
      total: 0,
      filledTo: null,
      filledAt: null,
      filled: 0,
      sent: 0,
      unreachable: 0,
      failed: 0,
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    })
    const after = { length: trimmed.length }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_broadcast', subject: id, after }, now)
    return { kind: 'created', broadcastId: id }
  })
}
