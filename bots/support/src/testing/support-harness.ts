import { type CustomerId, newId, type TicketId } from '@vpn-kiosk/domain'
import type { TicketCard, TicketCustomer, TicketRef } from '@vpn-kiosk/shop'
import { createBotHarness, type Harness, type HarnessOptions } from '@vpn-kiosk/telegram/testing'
import { createSupportBot } from '../bot.ts'
import type { CustomerContext, SupportShop } from '../context.ts'
import type { Relay } from '../relay/relay.ts'
import { loadTranslations } from '../translations.ts'

export const groupId = -1_001_234
export const topicId = 31
export const inTopic = { chatId: groupId, threadId: topicId }

export const translations = loadTranslations({ defaultLanguage: 'ru', timeZone: 'Europe/Moscow' }, { strict: true })

const customerId: CustomerId = newId('customer')
const ticketId: TicketId = newId('ticket')
export const ticket: TicketRef = { id: ticketId, number: 17, state: 'open' }
export const ticketCustomer: TicketCustomer = { id: customerId, telegramId: 5551n, fullName: 'Anna', language: 'ru' }

const at = new Date('2026-11-21T09:00:00Z')

export const card: TicketCard = {
  ticket,
  createdAt: at,
  registeredAt: at,
  customer: {
    id: customerId,
    telegramId: 5551n,
    firstName: 'Anna',
    lastName: null,
    username: 'anna',
    language: 'ru',
    isBanned: false,
    isTrialUsed: false,
    referralCode: 'abcd1234',
  },
  subscription: null,
  payments: { count: 0, paid: [], unpaidCount: 0, undecidedCount: 0 },
  referral: { invitedBy: null, friends: 0 },
  earlierTickets: 0,
}

/** Verbs that say yes and remember nothing; a test puts its own in place of those it is about. */
const shopOf = (verbs: Partial<SupportShop>): SupportShop => ({
  policy: {
    defaultLanguage: 'ru',
    languages: ['ru', 'en'],
    timeZone: 'Europe/Moscow',
    trialDays: 3,
    referralBonusDays: 7,
    shopName: 'VPN',
    publicUrl: 'https://shop.test',
    ownerTelegramId: null,
    backupDirectory: '/nowhere',
    filledFolders: [],
    processes: [],
    retentionDays: {},
  },
  recognizeCustomer: async (person) => ({
    customer: { ...card.customer, language: person.languageCode === 'en' ? 'en' : 'ru' },
    subscription: null,
    isNew: false,
  }),
  recall: async () => null,
  receiveCustomerMessage: async () => ({ kind: 'appended', ticket }),
  receiveAgentMessage: async () => ({ kind: 'accepted', ticket, customer: ticketCustomer, isReopened: false }),
  receiveTicketEdit: async () => ({ kind: 'nothing' }),
  claimMessages: async () => ({ kind: 'nothing' }),
  settleMessages: async () => {},
  releaseMessages: async () => {},
  listOwingTickets: async () => [],
  reportOwedMessages: async () => {},
  askForRole: async () => {},
  replaceCopy: async () => {},
  findTopic: async () => topicId,
  findBareTopic: async () => null,
  adoptTopic: async () => {},
  adoptOwedMessages: async () => {},
  noteCard: async () => null,
  findCard: async () => null,
  readTicketHistory: async () => [],
  findRole: async () => 'support',
  addStaff: async () => ({ kind: 'added' }),
  claimTopic: async () => ({ kind: 'attached', topicId }),
  attachTopic: async () => true,
  releaseTopic: async () => {},
  dropTopic: async () => {},
  closeTicket: async () => ({ kind: 'closed', ticket: { ...ticket, state: 'closed' }, customer: ticketCustomer }),
  reopenTicket: async () => ({ kind: 'reopened', ticket, customer: ticketCustomer }),
  getTicketCard: async () => ({ kind: 'seen', value: card }),
  listCustomerTickets: async () => [],
  ...verbs,
})

export type SupportHarness = Harness<CustomerContext> & { readonly relay: Relay }

/** The real support bot on a fake Telegram and a fake shop; a missing sentence fails the test. */
export function supportHarness(verbs: Partial<SupportShop> = {}, options: HarnessOptions = {}): SupportHarness {
  const made: { relay?: Relay } = {}
  const harness = createBotHarness<CustomerContext>((base) => {
    const { bot, relay } = createSupportBot({
      ...base,
      shop: shopOf(verbs),
      translations,
      groupId,
      albumQuietMs: 0,
      retryDelaysMs: [],
    })
    made.relay = relay
    return bot
  }, options)
  return Object.assign(harness, { relay: made.relay! })
}
