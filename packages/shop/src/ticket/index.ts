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
import { receiveAgentMessage } from './receive-agent-message.ts'
import { receiveCustomerMessage } from './receive-customer-message.ts'
import { receiveTicketEdit } from './receive-ticket-edit.ts'
import { releaseMessages } from './release-messages.ts'
import { releaseTopic } from './release-topic.ts'
import { reopenTicket } from './reopen-ticket.ts'
import { replaceCopy } from './replace-copy.ts'
import { reportOwedMessages } from './report-owed-messages.ts'
import { settleMessages } from './settle-messages.ts'

export const ticketVerbs = {
  receiveCustomerMessage,
  receiveAgentMessage,
  receiveTicketEdit,
  claimMessages,
  settleMessages,
  replaceCopy,
  releaseMessages,
  listOwingTickets,
  reportOwedMessages,
  askForRole,
  findTopic,
  findBareTopic,
  adoptTopic,
  adoptOwedMessages,
  claimTopic,
  attachTopic,
  releaseTopic,
  dropTopic,
  noteCard,
  findCard,
  readTicketHistory,
  closeTicket,
  reopenTicket,
  getTicketCard,
  listCustomerTickets,
}
