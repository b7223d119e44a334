import type { Customer } from '@vpn-kiosk/domain'
import type { Shop } from '@vpn-kiosk/shop'
import type { BotContext } from '@vpn-kiosk/telegram'

/** In private chats, where customers write. */
export type CustomerContext = BotContext & { customer: Customer }

/** What the support bot asks of the shop. */
export type SupportShop = Pick<
  Shop,
  | 'policy'
  | 'recognizeCustomer'
  | 'recall'
  | 'receiveCustomerMessage'
  | 'receiveAgentMessage'
  | 'receiveTicketEdit'
  | 'claimMessages'
  | 'settleMessages'
  | 'releaseMessages'
  | 'listOwingTickets'
  | 'reportOwedMessages'
  | 'askForRole'
  | 'replaceCopy'
  | 'findTopic'
  | 'findBareTopic'
  | 'adoptTopic'
  | 'adoptOwedMessages'
  | 'noteCard'
  | 'findCard'
  | 'readTicketHistory'
  | 'findRole'
  | 'addStaff'
  | 'claimTopic'
  | 'attachTopic'
  | 'releaseTopic'
  | 'dropTopic'
  | 'closeTicket'
  | 'reopenTicket'
  | 'getTicketCard'
  | 'listCustomerTickets'
>
