import { TicketEntity } from '@vpn-kiosk/db'
import { addMs, minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findTopic } from './find-topic.ts'
import { releaseTopic } from './release-topic.ts'

export type Deps = Pick<ShopDeps, 'db' | 'clock'>

export type ClaimTopicResult =
  /** Make a topic now, then `attachTopic` with this claim. */
  | { readonly kind: 'claimed'; readonly claim: Date }
  | { readonly kind: 'attached'; readonly topicId: number }
  /** Somebody else is making it. */
  | { readonly kind: 'busy' }

/** A claim older than this belongs to a process that died. */
const claimMs = 2 * minuteMs

/**
 * The right to make a ticket's topic in this group, given to one at a time: Telegram makes a second topic for a second
 * call. A crash between making and attaching leaves one orphan topic, never two tickets in one.
 */
export async function claimTopic(deps: Deps, ticketId: TicketId, groupId: number): Promise<ClaimTopicResult> {
  const claim = deps.clock.now()
  const em = deps.db.em()
  const topicId = await findTopic(deps, ticketId, groupId)
  if (topicId !== null) return { kind: 'attached', topicId }
  const claimed = await em.nativeUpdate(
    TicketEntity,
    {
      id: ticketId,
      $or: [
        { topicClaimedAt: null },
        { topicClaimedAt: { $lt: addMs(claim, -claimMs) } },
        { topicClaimedAt: { $gt: addMs(claim, claimMs) } },
      ],
    },
    { topicClaimedAt: claim },
  )
  if (claimed === 0) return { kind: 'busy' }
  // Somebody may have attached one between the look and the claim.
  const attached = await findTopic(deps, ticketId, groupId)
  if (attached === null) return { kind: 'claimed', claim }
  await releaseTopic(deps, { ticketId, claim })
  return { kind: 'attached', topicId: attached }
}
