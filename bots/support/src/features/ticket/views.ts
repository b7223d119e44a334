import { textIn } from '@vpn-kiosk/domain'
import type { HistoryLine, TicketCard, TicketRef } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, link, rawHtml, type Translator, type View } from '@vpn-kiosk/telegram'
import { cardButton, closeButton, reopenButton } from './callbacks.ts'

const nameLength = 64

/** What an agent wants to know before the first word, with what they may do. */
export function cardView(t: Translator, card: TicketCard): View {
  const lines = [
    t('card-title', { number: String(card.ticket.number), state: card.ticket.state }),
    personLine(t, card),
    t('card-ids', {
      id: String(card.customer.telegramId),
      language: card.customer.language,
      since: t.date(card.registeredAt),
    }),
    ...(card.customer.isBanned ? [t('card-banned')] : []),
    '',
    ...subscriptionLines(t, card),
    paymentLine(t, card),
    ...(card.payments.undecidedCount > 0 ? [t('card-undecided', { count: card.payments.undecidedCount })] : []),
    ...(card.customer.isTrialUsed ? [t('card-trial-used')] : []),
    ...(card.referral.invitedBy ? [t('card-invited', { name: bounded(card.referral.invitedBy, nameLength) })] : []),
    ...(card.referral.friends > 0 ? [t('card-friends', { count: card.referral.friends })] : []),
    ...(card.earlierTickets > 0 ? [t('card-earlier', { count: card.earlierTickets })] : []),
    '',
    t('card-hint'),
  ]
  return { text: lines.join('\n'), keyboard: cardKeyboard(t, card.ticket) }
}

function cardKeyboard(t: Translator, { id, state }: TicketRef): Keyboard {
  const move =
    state === 'closed'
      ? reopenButton.button(t.plain('card-reopen'), { ticket: id }, 'success')
      : closeButton.button(t.plain('card-close'), { ticket: id }, 'primary')
  return [[move, cardButton.button(t.plain('card-refresh'), { ticket: id })]]
}

function personLine(t: Translator, { customer }: TicketCard): string {
  const name = bounded([customer.firstName, customer.lastName].filter(Boolean).join(' '), nameLength) || '—'
  const person = rawHtml(link(name, `tg://user?id=${customer.telegramId}`))
  return customer.username
    ? t('card-person-username', { person, username: customer.username })
    : t('card-person', { person })
}

function subscriptionLines(t: Translator, { subscription }: TicketCard): string[] {
  if (!subscription) return [t('card-no-subscription')]
  const { standing, endsAt, daysLeft, isTrial, planTitle, trafficLimitBytes } = subscription
  const plan = isTrial ? t.plain('card-plan-trial') : (textIn(planTitle, t.language) ?? '—')
  return [
    t('card-subscription', { standing, plan }),
    ...(endsAt ? [t('card-ends', { until: t.dateTime(endsAt), days: daysLeft })] : []),
    t('card-usage', {
      used: t.bytes(subscription.trafficUsedBytes),
      limit: trafficLimitBytes === null ? '∞' : t.bytes(trafficLimitBytes),
      devices: subscription.devices,
      deviceLimit: subscription.deviceLimit,
    }),
    ...(subscription.isPreparing ? [t('card-preparing')] : []),
  ]
}

function paymentLine(t: Translator, { payments }: TicketCard): string {
  const paid =
    payments.count === 0
      ? t('card-no-payments')
      : t('card-payments', { count: payments.count, sum: payments.paid.map((sum) => t.money(sum)).join(' + ') })
  return payments.unpaidCount === 0 ? paid : `${paid} ${t('card-unpaid', { count: payments.unpaidCount })}`
}

export const closedView = (t: Translator, ticket: TicketRef): View => ({
  text: t('ticket-closed-customer', { number: String(ticket.number) }),
})

export const reopenedView = (t: Translator, ticket: TicketRef): View => ({
  text: t('ticket-reopened-customer', { number: String(ticket.number) }),
})

/** A closed ticket was opened by somebody's word; the older cards still say closed, so closing is offered here. */
export const takenUpView = (t: Translator, ticket: TicketRef, by: 'customer' | 'agent'): View => ({
  text: t(`ticket-taken-up-${by}`, { number: String(ticket.number) }),
  keyboard: [[closeButton.button(t.plain('card-close'), { ticket: ticket.id }, 'primary')]],
})

/** The customer has another ticket open: where to go. `groupId` is the supergroup's, `-100…`. */
export function supersededView(
  t: Translator,
  open: TicketRef,
  { groupId, topicId }: { readonly groupId: number; readonly topicId: number | null },
): View {
  const number = String(open.number)
  if (topicId === null) return { text: t('ticket-superseded', { number }) }
  const url = `https://t.me/c/${String(groupId).replace(/^-100/, '')}/${topicId}`
  return {
    text: t('ticket-superseded', { number }),
    keyboard: [[{ text: t.plain('ticket-superseded-open', { number }), url }]],
  }
}

const quotedLength = 200

/** What was said in this ticket before it had this topic. */
export const historyView = (t: Translator, lines: readonly HistoryLine[]): View => ({
  text: [
    t('ticket-history'),
    '',
    ...lines.map(({ author, authorName, kind, text }) =>
      t('ticket-history-line', {
        mark: author === 'customer' ? '👤' : author === 'note' ? '📝' : '💬',
        name: bounded(authorName, nameLength) || '—',
        text: bounded(text || `[${kind}]`, quotedLength),
      }),
    ),
  ].join('\n'),
})
