import { LockMode, TicketEntity, TicketMessageEntity, type TicketMessageRow } from '@vpn-kiosk/db'
import { addMs, isBefore, minuteMs, type TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { findCounterpart } from './find-counterpart.ts'
import { getTicketCustomer, type TicketCustomer, type TicketMessageId, type TicketRef, toTicketRef } from './ticket.ts'

/** Which way a message travels: its author's side. */
export type TicketSide = 'customer' | 'agent'

export interface OwedMessage {
  readonly id: TicketMessageId
  readonly kind: string
  readonly text: string | null
  readonly sourceMessageId: number
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
): Promise<ClaimMessagesResult> {
  const now = clock.now()
  return db.transaction(async (em) => {
    const ticket = await em.findOneOrFail(TicketEntity, { id: ticketId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const owed = await em.find(
      TicketMessageEntity,
      { ticketId, author, settledAt: null },
      { orderBy: { createdAt: 'asc', sourceMessageId: 'asc' }, limit: 50 },
    )
    const [first] = owed
    if (!first || (first.claimedAt && isBefore(addMs(now, -claimMs), first.claimedAt))) return { kind: 'nothing' }
    const group = owed.filter((one) => one === first || (first.albumId !== null && one.albumId === first.albumId))
    group.sort((a, b) => a.sourceMessageId - b.sourceMessageId)
    for (const one of group) one.claimedAt = now
    await em.flush()
    const [head = first, ...rest] = group
    return {
      kind: 'claimed',
      ticket: toTicketRef(ticket),
      customer: await getTicketCustomer(em, ticket.customerId),
      messages: [toOwed(head), ...rest.map(toOwed)],
      replyToId: await findCounterpart(em, ticketId, author, first.replyToId),
    }
  })
}

const toOwed = ({ id, kind, text, sourceMessageId }: TicketMessageRow): OwedMessage => ({
  id,
  kind,
  text,
  sourceMessageId,
})
