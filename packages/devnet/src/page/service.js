import { t } from './i18n.js'

const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(' ')
const sumOf = ({ total_amount: amount, currency }) =>
  currency === 'XTR' ? `${amount} ⭐` : `${amount / 100} ${currency}`

const sentences = {
  new_chat_members: (users) => t('joined', { name: users.map(nameOf).join(', ') }),
  left_chat_member: (user) => t('left', { name: nameOf(user) }),
  forum_topic_created: ({ name }) => t('topicCreated', { name }),
  forum_topic_edited: ({ name }) => (name ? t('topicEdited', { name }) : t('service')),
  forum_topic_closed: () => t('topicClosed'),
  forum_topic_reopened: () => t('topicReopened'),
  pinned_message: () => t('pinned'),
  successful_payment: (payment) => `⭐ ${t('paidStars', { sum: sumOf(payment) })}`,
  refunded_payment: (payment) => `⭐ ${t('refundedStars', { sum: sumOf(payment) })}`,
}

/** What the grey line in the middle of a chat says. */
export function describeService(body) {
  const [name, value] = Object.entries(body)[0] ?? []
  return sentences[name]?.(value ?? {}) ?? t('service')
}

/** One line about a message, for lists and quotes. */
export function summarize(message) {
  if (message.body && !message.text) return message.body.invoice?.title ?? describeService(message.body)
  if (message.text) return message.text.replace(/\s+/g, ' ').slice(0, 90)
  return message.media ? t(message.media.kind) : ''
}
