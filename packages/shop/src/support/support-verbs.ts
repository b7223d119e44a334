import type { CustomerId, TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor } from '../staff/may-act.ts'
import { adoptOwedMessages } from './adopt-owed-messages.ts'
import { adoptTopic } from './adopt-topic.ts'
import { askForRole } from './ask-for-role.ts'
import { attachTopic } from './attach-topic.ts'
import { claimMessages } from './claim-messages.ts'
import { claimTopic } from './claim-topic.ts'
import { closeTicket } from './close-ticket.ts'
import { dropTopic } from './drop-topic.ts'
import { findBareTopic } from './find-bare-topic.ts'
import { findCard } from './find-card.ts'
import { findTopic } from './find-topic.ts'
import { getTicketCard } from './get-ticket-card.ts'
import { listCustomerTickets } from './list-customer-tickets.ts'
import { listOwingTickets } from './list-owing-tickets.ts'
import { noteCard } from './note-card.ts'
import { readTicketHistory } from './read-ticket-history.ts'
import { type AgentMessage, receiveAgentMessage } from './receive-agent-message.ts'
import { receiveCustomerMessage } from './receive-customer-message.ts'
import { receiveTicketEdit, type TicketEdit } from './receive-ticket-edit.ts'
import { releaseMessages } from './release-messages.ts'
import { releaseTopic } from './release-topic.ts'
import { reopenTicket } from './reopen-ticket.ts'
import { replaceCopy } from './replace-copy.ts'
import { reportOwedMessages } from './report-owed-messages.ts'
import { type CopyPlace, type SettledMessage, settleMessages } from './settle-messages.ts'
import type { DeskPlace, IncomingMessage, TicketKey, TicketMessageId, TicketSide, TopicKey } from './ticket.ts'

/** The support desk: tickets, what they owe either side, and their topics. */
export const supportVerbs = (deps: ShopDeps) => ({
  receiveCustomerMessage: (id: CustomerId, message: IncomingMessage) => receiveCustomerMessage(deps, id, message),
  receiveAgentMessage: (actor: Actor, message: AgentMessage) => receiveAgentMessage(deps, actor, message),
  receiveTicketEdit: (edit: TicketEdit) => receiveTicketEdit(deps, edit),
  claimMessages: (id: TicketId, author: TicketSide, desk: DeskPlace) => claimMessages(deps, id, author, desk),
  settleMessages: (messages: readonly SettledMessage[], place: CopyPlace) => settleMessages(deps, messages, place),
  replaceCopy: (message: SettledMessage, place: CopyPlace) => replaceCopy(deps, message, place),
  releaseMessages: (ids: readonly TicketMessageId[]) => releaseMessages(deps, ids),
  listOwingTickets: () => listOwingTickets(deps),
  reportOwedMessages: (trouble: string | null) => reportOwedMessages(deps, trouble),
  askForRole: (person: { telegramId: bigint; name: string }) => askForRole(deps, person),
  findTopic: (id: TicketId, groupId: number) => findTopic(deps, id, groupId),
  findBareTopic: (by: TopicKey | { ticketId: TicketId }) => findBareTopic(deps, by),
  adoptTopic: (of: TopicKey & { ticketId: TicketId }) => adoptTopic(deps, of),
  adoptOwedMessages: (bot: { id: number; username: string }) => adoptOwedMessages(deps, bot),
  claimTopic: (id: TicketId, groupId: number) => claimTopic(deps, id, groupId),
  attachTopic: (of: Parameters<typeof attachTopic>[1]) => attachTopic(deps, of),
  releaseTopic: (of: Parameters<typeof releaseTopic>[1]) => releaseTopic(deps, of),
  dropTopic: (of: Parameters<typeof dropTopic>[1]) => dropTopic(deps, of),
  noteCard: (topic: TopicKey, messageId: number) => noteCard(deps, topic, messageId),
  findCard: (id: TicketId, groupId: number) => findCard(deps, id, groupId),
  readTicketHistory: (id: TicketId) => readTicketHistory(deps, id),
  closeTicket: (key: TicketKey, actor: Actor) => closeTicket(deps, key, actor),
  reopenTicket: (key: TicketKey, actor: Actor) => reopenTicket(deps, key, actor),
  getTicketCard: (key: TicketKey, actor: Actor) => getTicketCard(deps, key, actor),
  listCustomerTickets: (id: CustomerId) => listCustomerTickets(deps, id),
})
