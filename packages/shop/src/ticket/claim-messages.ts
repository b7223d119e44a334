import { LockMode, TicketEntity, TicketMessageEntity, type TicketMessageRow } from '@vpn-kiosk/db'
import { minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findCounterpart } from './find-counterpart.ts'
import { getTicketCustomer } from './get-ticket-customer.ts'
import type { SupportGroupPlace, TicketCustomer, TicketMessageId, TicketRef, TicketSide } from './ticket.ts'
import { toTicketRef } from './to-ticket-ref.ts'

export interface OwedMessage {
  readonly id: TicketMessageId
  readonly kind: string
  readonly text: string | null
  readonly sourceMessageId: number
  /**
   * Where the original stands; null when nobody can copy it from there any more: it was written to another bot, or
   * stored before places were kept. Its words are all there is then.
   */
  readonly sourceChatId: number | null
}

export type ClaimMessagesResult =
  | {
      readonly kind: 'claimed'
      readonly ticket: TicketRef
      readonly customer: TicketCustomer
      /** One message, or the members of one album in their order. */
      readonly messages: readonly [OwedMessage, ...OwedMessage[]]
      /** What the (first) message answers, as the other side numbers it. */
      readonly replyToId: number | null
    }
  /** Nothing is owed, or somebody else is just copying it. */
  | { readonly kind: 'nothing' }

/** A claim older than this belongs to a process that died. */
const claimMs = 2 * minuteMs

/**
 * Takes the oldest message that a ticket owes the other side, with the rest of its album. Whoever took it copies it
 * and then says `settleMessages` or `releaseMessages`; after a crash it is taken again two minutes later.
 */
export function claimMessages(
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  ticketId: TicketId,
  author: TicketSide,
  supportGroup: SupportGroupPlace,
): Promise<ClaimMessagesResult> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const ticket = await em.findOneOrFail(TicketEntity, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const owed = await em.find(
      TicketMessageEntity,
      { ticketId, author, settledAt: null },
      { orderBy: { createdAt: 'asc', sourceId: 'asc' }, limit: 50 },
    )
    const [first] = owed
    if (!first || isClaimed(first, now)) return { kind: 'nothing' }
    const group = owed.filter((one) => one === first || isSameAlbum(one, first))
    group.sort((a, b) => (a.sourceId ?? 0) - (b.sourceId ?? 0))
    for (const one of group) one.claimedAt = now
    await em.flush()
    const [head = first, ...rest] = group
    const toOwed = owedBy(supportGroup)
    const customer = await getTicketCustomer(em, ticket.customerId)
    return {
      kind: 'claimed',
      ticket: toTicketRef(ticket),
      customer,
      messages: [toOwed(head), ...rest.map(toOwed)],
      replyToId:
        toOwed(head).sourceChatId === null
          ? null
          : await findCounterpart(em, { ticketId, author, messageId: head.replyToId, customer, supportGroup }),
    }
  })
}

/** A claim of a far later hour is one of a clock that was ahead. */
const isClaimed = ({ claimedAt }: TicketMessageRow, now: Date): boolean =>
  claimedAt != null && Math.abs(now.getTime() - claimedAt.getTime()) < claimMs

const isSameAlbum = (one: TicketMessageRow, other: TicketMessageRow): boolean =>
  one.albumId !== null && one.albumId === other.albumId && one.sourceChatId === other.sourceChatId

const owedBy =
  ({ botId }: SupportGroupPlace) =>
  ({ id, kind, text, author, sourceMessageId, sourceId, sourceChatId, sourceBotId }: TicketMessageRow): OwedMessage => {
    const isThere = sourceId !== null && (author !== 'customer' || sourceBotId === BigInt(botId))
    return {
      id,
      kind,
      text,
      sourceMessageId: sourceId ?? sourceMessageId,
      sourceChatId: isThere ? Number(sourceChatId) : null,
    }
  }
