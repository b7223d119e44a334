import { TicketEntity } from '@vpn-kiosk/db'
import { addMs, minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock'>

export type ClaimTopicResult =
  /** Make a topic now, then `attachTopic` with this claim. */
  | { readonly kind: 'claimed'; readonly claim: Date }
  | { readonly kind: 'attached'; readonly topicId: number }
  /** Somebody else is making it. */
  | { readonly kind: 'busy' }

/** A claim older than this belongs to a process that died. */
const claimMs = 2 * minuteMs

/**
 * The right to make a ticket's topic, given to one at a time: Telegram makes a second topic for a second call. A crash
 * between making and attaching leaves one orphan topic, never two tickets in one.
 */
export async function claimTopic({ db, clock }: Deps, ticketId: TicketId): Promise<ClaimTopicResult> {
  const claim = clock.now()
  const em = db.em()
  const claimed = await em.nativeUpdate(
    TicketEntity,
    {
      id: ticketId,
      topicId: null,
      $or: [{ topicClaimedAt: null }, { topicClaimedAt: { $lt: addMs(claim, -claimMs) } }],
    },
    { topicClaimedAt: claim },
  )
  if (claimed > 0) return { kind: 'claimed', claim }
  const { topicId } = await em.findOneOrFail(TicketEntity, { id: ticketId })
  return topicId === null ? { kind: 'busy' } : { kind: 'attached', topicId }
}

/** Links the new topic to its ticket; false when the claim had lapsed and somebody else's topic is there. */
export async function attachTopic(
  { db }: Pick<ShopDeps, 'db'>,
  of: { ticketId: TicketId; claim: Date; topicId: number },
): Promise<boolean> {
  const where = { id: of.ticketId, topicId: null, topicClaimedAt: of.claim }
  return (await db.em().nativeUpdate(TicketEntity, where, { topicId: of.topicId, topicClaimedAt: null })) > 0
}

/** No topic could be made: the next one may try. */
export async function releaseTopic(
  { db }: Pick<ShopDeps, 'db'>,
  of: { ticketId: TicketId; claim: Date },
): Promise<void> {
  const where = { id: of.ticketId, topicId: null, topicClaimedAt: of.claim }
  await db.em().nativeUpdate(TicketEntity, where, { topicClaimedAt: null })
}

/** Telegram says that this topic is gone: the ticket needs a new one. Another topic attached since then stays. */
export async function dropTopic(
  { db }: Pick<ShopDeps, 'db'>,
  of: { ticketId: TicketId; topicId: number },
): Promise<void> {
  await db.em().nativeUpdate(TicketEntity, { id: of.ticketId, topicId: of.topicId }, { topicId: null })
}
