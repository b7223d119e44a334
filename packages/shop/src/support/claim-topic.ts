import { TicketEntity, TicketTopicEntity } from '@vpn-kiosk/db'
import { addMs, minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { TopicKey } from './ticket.ts'

type Deps = Pick<ShopDeps, 'db' | 'clock'>

export type ClaimTopicResult =
  /** Make a topic now, then `attachTopic` with this claim. */
  | { readonly kind: 'claimed'; readonly claim: Date }
  | { readonly kind: 'attached'; readonly topicId: number }
  /** Somebody else is making it. */
  | { readonly kind: 'busy' }

/** A claim older than this belongs to a process that died. */
const claimMs = 2 * minuteMs

/** The ticket's topic in this group; null when it has none there. */
export async function findTopic(
  { db }: Pick<ShopDeps, 'db'>,
  ticketId: TicketId,
  groupId: number,
): Promise<number | null> {
  const topic = await db.em().findOne(TicketTopicEntity, { ticketId, chatId: BigInt(groupId) })
  return topic?.topicId ?? null
}

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

/** Links the new topic to its ticket; false when the claim had lapsed and somebody else makes one. */
export function attachTopic(
  { db, clock }: Deps,
  of: TopicKey & { readonly ticketId: TicketId; readonly claim: Date },
): Promise<boolean> {
  const { ticketId, chatId, topicId, claim } = of
  return db.transaction(async (em) => {
    const where = { id: ticketId, topicClaimedAt: claim }
    if ((await em.nativeUpdate(TicketEntity, where, { topicId, topicClaimedAt: null })) === 0) return false
    // Telegram made it just now: whatever else was known under this number is gone.
    await em.nativeDelete(TicketTopicEntity, { chatId: BigInt(chatId), topicId })
    await em.execute(
      `insert into ticket_topics (chat_id, topic_id, ticket_id, created_at) values (?, ?, ?, ?)
       on conflict (ticket_id, chat_id) do update set topic_id = excluded.topic_id, card_message_id = null`,
      [chatId, topicId, ticketId, clock.now()],
    )
    return true
  })
}

/** No topic could be made: the next one may try. */
export async function releaseTopic(
  { db }: Pick<ShopDeps, 'db'>,
  of: { readonly ticketId: TicketId; readonly claim: Date },
): Promise<void> {
  await db.em().nativeUpdate(TicketEntity, { id: of.ticketId, topicClaimedAt: of.claim }, { topicClaimedAt: null })
}

/** Telegram says that this topic is gone: the ticket needs a new one. Another topic attached since then stays. */
export async function dropTopic(
  { db }: Pick<ShopDeps, 'db'>,
  { ticketId, chatId, topicId }: TopicKey & { readonly ticketId: TicketId },
): Promise<void> {
  await db.transaction(async (em) => {
    await em.nativeDelete(TicketTopicEntity, { ticketId, chatId: BigInt(chatId), topicId })
    await em.nativeUpdate(TicketEntity, { id: ticketId, topicId }, { topicId: null })
  })
}

/** Notes which message is the ticket's card in this topic; the one before it, or null. */
export async function noteCard(
  { db }: Pick<ShopDeps, 'db'>,
  { chatId, topicId }: TopicKey,
  messageId: number,
): Promise<number | null> {
  const [row] = await db.em().execute<{ before: number | null }[]>(
    `update ticket_topics k set card_message_id = ? from ticket_topics old
     where k.chat_id = ? and k.topic_id = ? and old.chat_id = k.chat_id and old.topic_id = k.topic_id
     returning old.card_message_id as before`,
    [messageId, chatId, topicId],
  )
  return row?.before ?? null
}

/** The ticket's card in this group; null when none was shown there. */
export async function findCard(
  { db }: Pick<ShopDeps, 'db'>,
  ticketId: TicketId,
  groupId: number,
): Promise<number | null> {
  const topic = await db.em().findOne(TicketTopicEntity, { ticketId, chatId: BigInt(groupId) })
  return topic?.cardMessageId ?? null
}
