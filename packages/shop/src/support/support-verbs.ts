import type { CustomerId, TicketId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { claimMessages, type TicketSide } from './claim-messages.ts'
import { attachTopic, claimTopic, dropTopic, releaseTopic } from './claim-topic.ts'
import { closeTicket } from './close-ticket.ts'
import { listCustomerTickets } from './list-customer-tickets.ts'
import { listOwingTickets } from './list-owing-tickets.ts'
import { type AgentMessage, receiveAgentMessage } from './receive-agent-message.ts'
import { receiveCustomerMessage } from './receive-customer-message.ts'
import { receiveTicketEdit, type TicketEdit } from './receive-ticket-edit.ts'
import { reopenTicket } from './reopen-ticket.ts'
import { seeTicketCard } from './see-ticket-card.ts'
import { releaseMessages, type SettledMessage, settleMessages } from './settle-messages.ts'
import type { IncomingMessage, TicketKey, TicketMessageId } from './ticket.ts'

/** The support desk: tickets, what they owe either side, and their topics. */
export const supportVerbs = (deps: ShopDeps) => ({
  receiveCustomerMessage: (id: CustomerId, message: IncomingMessage) => receiveCustomerMessage(deps, id, message),
  receiveAgentMessage: (message: AgentMessage) => receiveAgentMessage(deps, message),
  receiveTicketEdit: (edit: TicketEdit) => receiveTicketEdit(deps, edit),
  claimMessages: (id: TicketId, author: TicketSide) => claimMessages(deps, id, author),
  settleMessages: (messages: readonly SettledMessage[]) => settleMessages(deps, messages),
  releaseMessages: (ids: readonly TicketMessageId[]) => releaseMessages(deps, ids),
  listOwingTickets: () => listOwingTickets(deps),
  claimTopic: (id: TicketId) => claimTopic(deps, id),
  attachTopic: (of: Parameters<typeof attachTopic>[1]) => attachTopic(deps, of),
  releaseTopic: (of: Parameters<typeof releaseTopic>[1]) => releaseTopic(deps, of),
  dropTopic: (of: Parameters<typeof dropTopic>[1]) => dropTopic(deps, of),
  closeTicket: (key: TicketKey, agent: bigint) => closeTicket(deps, key, agent),
  reopenTicket: (key: TicketKey, agent: bigint) => reopenTicket(deps, key, agent),
  seeTicketCard: (key: TicketKey) => seeTicketCard(deps, key),
  listCustomerTickets: (id: CustomerId) => listCustomerTickets(deps, id),
})
