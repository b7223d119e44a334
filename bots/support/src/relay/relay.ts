import type { TicketId } from '@vpn-kiosk/domain'
import type { TicketCustomer, TicketSide } from '@vpn-kiosk/shop'
import { classifyApiError } from '@vpn-kiosk/telegram'
import type { Message } from 'grammy/types'
import type { FoundCopy } from './found-copy.ts'
import { relayEditToCustomer, relayEditToTopic } from './relay-edits.ts'
import { relayToCustomer } from './relay-to-customer.ts'
import { relayToTopic } from './relay-to-topic.ts'
import { createSettling } from './settling.ts'
import { createSupportGroup, type SupportGroup, type SupportGroupDeps } from './support-group.ts'
import { takeBackAnswer } from './take-back-answer.ts'
import { createTroubleLog } from './trouble-log.ts'
import { createWorkQueue, type WorkOutcome } from './work-queue.ts'

export interface RelayOptions extends SupportGroupDeps {
  /** How long to wait for the rest of an album: its pictures come as updates of their own (700 ms). */
  readonly albumQuietMs?: number | undefined
  readonly retryDelaysMs?: readonly number[] | undefined
}

/** Carries what is stored to the other side, in order for each ticket and direction. */
export interface Relay {
  readonly supportGroup: SupportGroup
  /** A stored message was edited: its copy is changed, or its new words are sent. */
  relayEdit(author: TicketSide, edited: Message, found: Extract<FoundCopy, { kind: 'copied' }>): Promise<void>
  /** An answer became a note: its copy at the customer is deleted, and the agent hears whether it is gone. */
  takeBack(edited: Message, found: Extract<FoundCopy, { kind: 'taken_back' }>): Promise<void>
  /** A message was stored: carry it soon. */
  carry(ticketId: TicketId, author: TicketSide, isAlbum: boolean): void
  /** Settles when what this ticket is carrying that way at this moment has arrived, or has failed. */
  passed(ticketId: TicketId, author: TicketSide): Promise<void>
  /** Takes up everything that is still owed: at the start, each minute, and when the group is well again. */
  sweep(): Promise<void>
  /** Settles when nothing is being carried. */
  idle(): Promise<void>
  close(drainMs: number): Promise<void>
}

export function createRelay({ albumQuietMs = 700, retryDelaysMs, ...deps }: RelayOptions): Relay {
  const { logger } = deps
  const { settleArrived, settleMessages } = createSettling((...settlement) => deps.shop.settleMessages(...settlement))
  const shop = { ...deps.shop, settleMessages }
  const supportGroup = createSupportGroup(deps)
  const complain = createTroubleLog(logger)
  let trouble: string | null = null
  const translatorOf = ({ language }: TicketCustomer) => deps.translations.translatorFor(language)
  const topicDeps = { ...deps, shop, supportGroup, translatorOf }

  const work = async (key: string): Promise<WorkOutcome> => {
    const { author, ticketId } = readKey(key)
    const claimed = await shop.claimMessages(ticketId, author, supportGroup.place())
    if (claimed.kind === 'nothing') return 'idle'
    if (await settleArrived(claimed.messages)) {
      // Whatever joined them since is free again.
      await shop.releaseMessages(claimed.messages.map(({ id }) => id))
      return 'more'
    }
    const carry = author === 'agent' ? relayToCustomer : relayToTopic
    const isCarried = await carry(topicDeps, claimed).catch((error: unknown) => {
      complain(error, key)
      trouble = classifyApiError(error).kind
      return false
    })
    if (isCarried) {
      trouble = null
      return 'more'
    }
    await shop.releaseMessages(claimed.messages.map(({ id }) => id))
    return 'later'
  }
  const lanes = createWorkQueue({ work, onError: complain, ...(retryDelaysMs ? { retryDelaysMs } : {}) })
  const keyOf = (ticketId: TicketId, author: TicketSide): string => `${author} ${ticketId}`
  return {
    supportGroup,
    relayEdit: (author, edited, found) =>
      (author === 'agent' ? relayEditToCustomer : relayEditToTopic)(topicDeps, edited, found),
    takeBack: (edited, found) => takeBackAnswer(topicDeps, edited, found),
    carry: (ticketId, author, isAlbum) => lanes.kick(keyOf(ticketId, author), isAlbum ? albumQuietMs : 0),
    passed: (ticketId, author) => lanes.passed(keyOf(ticketId, author)),
    sweep: async () => {
      for (const { ticketId, author, hasAlbum } of await shop.listOwingTickets())
        lanes.ensure(keyOf(ticketId, author), hasAlbum ? albumQuietMs : 0)
      await shop.reportOwedMessages(trouble)
    },
    idle: lanes.idle,
    close: lanes.close,
  }
}

function readKey(key: string): { author: TicketSide; ticketId: TicketId } {
  const [author, ticketId] = key.split(' ')
  return { author: author as TicketSide, ticketId: ticketId as TicketId }
}
