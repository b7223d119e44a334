import { BroadcastEntity } from '@vpn-kiosk/db'
import { type BroadcastId, newId } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { type Actor, auditedActor, type Forbidden, mayAct, type Seen, seeIfPermitted } from '../staff/permission.ts'

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
    if (!(await mayAct(deps, actor, 'broadcast', em))) return { kind: 'forbidden' }
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
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    })
    const after = { length: trimmed.length }
    await recordAudit(em, { actor: auditedActor(actor), action: 'create_broadcast', subject: id, after }, now)
    return { kind: 'created', broadcastId: id }
  })
}

/** Whom a broadcast is for; `c` is the customer. */
export const audience = `c.banned_at is null and c.unreachable_at is null and coalesce((c.notifications->>'news')::boolean, true)`

/** How many it would reach if it started now: those not banned, reachable, who want news. */
export const countAudience = (deps: Deps, actor: Actor): Promise<Seen<number>> =>
  seeIfPermitted(deps, actor, 'broadcast', async () => {
    const [row] = await deps.db
      .em()
      .execute<{ count: number }[]>(`select count(*)::int as count from customers c where ${audience}`)
    return row?.count ?? 0
  })
