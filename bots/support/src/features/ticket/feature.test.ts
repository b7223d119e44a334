import { money } from '@vpn-kiosk/domain'
import type { TicketCard } from '@vpn-kiosk/shop'
import { expect, test, vi } from 'vitest'
import { card, groupId, inTopic, supportHarness, ticket, topicId, translations } from '../../testing/support-harness.ts'
import { closeButton } from './callbacks.ts'
import { cardView } from './views.ts'

const rich: TicketCard = {
  ...card,
  customer: { ...card.customer, firstName: '<script>', isBanned: true, isTrialUsed: true },
  subscription: {
    id: 'sub_1',
    standing: 'active',
    isTrial: false,
    planTitle: { ru: '3 месяца', en: '3 months' },
    endsAt: new Date('2026-12-12T09:00:00Z'),
    daysLeft: 21,
    leftMs: 21 * 86_400_000,
    trafficUsedBytes: 1_500_000_000n,
    trafficLimitBytes: null,
    devices: 2,
    deviceLimit: 5,
    isPreparing: false,
    subscriptionUrl: 'https://shop.test/s/x',
  },
  payments: { count: 3, paid: [money(89_700n, 'RUB'), money(500n, 'USDT')], unpaidCount: 1, undecidedCount: 2 },
  referral: { invitedBy: 'Boris & Co', friends: 2 },
  earlierTickets: 4,
}

test('the card says all there is to know, in both languages, and escapes names', () => {
  const ru = cardView(translations.translatorFor('ru'), rich).text.replace(/\u00a0/g, ' ')
  for (const part of ['№ 17', '🟢 открыто', '&lt;script&gt;', 'tg://user?id=5551', 'Заблокирован', '3 месяца'])
    expect(ru).toContain(part)
  for (const part of ['остался 21 день', '1,4 ГБ из ∞', '2 из 5', '3 оплаты на 897 ₽', 'и 1 неоплаченный счёт'])
    expect(ru).toContain(part)
  for (const part of [
    'Пробный период использован',
    'Boris &amp; Co',
    'Приглашено друзей: 2',
    'Раньше было 4 обращения',
  ])
    expect(ru).toContain(part)
  const en = cardView(translations.translatorFor('en'), rich).text
  for (const part of ['Ticket #17', '21 days left', '3 payments, ', '4 earlier tickets', '3 months'])
    expect(en).toContain(part)
})

test('a double tap on Close closes once and answers both times', async () => {
  let isOpen = true
  const closeTicket = vi.fn(async () => {
    const kind = isOpen ? ('closed' as const) : ('already_closed' as const)
    isOpen = false
    return { kind, ticket: { ...ticket, state: 'closed' as const }, customer: { ...card.customer, fullName: 'Anna' } }
  })
  const getTicketCard = async () => ({
    kind: 'seen' as const,
    value: { ...card, ticket: { ...ticket, state: isOpen ? ('open' as const) : ('closed' as const) } },
  })
  const bot = supportHarness({ closeTicket, getTicketCard })
  await bot.command('card', undefined, inTopic)
  await bot.tap('Закрыть', inTopic)
  const data = closeButton.pack({ ticket: ticket.id })
  await bot.forge(data, inTopic)
  expect(closeTicket).toHaveBeenCalledWith({ ticketId: ticket.id }, 5551n)
  expect(bot.answers).toEqual([expect.stringContaining('клиенту сказали'), expect.stringContaining('уже закрыто')])
  expect(bot.callsOf('closeForumTopic')).toEqual([{ chat_id: groupId, message_thread_id: topicId }])
  expect(bot.callsOf('sendMessage').filter(({ chat_id }) => chat_id === 5551)).toHaveLength(1)
})

test('a button of a ticket that is no more answers politely', async () => {
  const bot = supportHarness({
    closeTicket: async () => ({ kind: 'unknown' }),
    getTicketCard: async () => ({ kind: 'seen', value: null }),
  })
  await bot.forge(closeButton.pack({ ticket: ticket.id }), inTopic)
  expect(bot.lastAnswer()).toContain('устарела')
})
