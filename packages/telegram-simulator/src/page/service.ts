import type { SeenMessage } from '../people/seen.ts'
import type { Say } from './words.ts'

interface User {
  readonly first_name?: string
  readonly last_name?: string
}

interface Sum {
  readonly total_amount: number
  readonly currency: string
}

const nameOf = (user: User): string => [user.first_name, user.last_name].filter(Boolean).join(' ')

export const sumOf = ({ total_amount: amount, currency }: Sum): string =>
  currency === 'XTR' ? `${amount} ⭐` : `${amount / 100} ${currency}`

/** What the grey line in the middle of a chat says. */
export function describeService(say: Say, body: Readonly<Record<string, unknown>>): string {
  const [name, value] = Object.entries(body)[0] ?? []
  const topic = (value ?? {}) as { readonly name?: string }
  switch (name) {
    case 'new_chat_members':
      return say('joined', { name: (value as User[]).map(nameOf).join(', ') })
    case 'left_chat_member':
      return say('left', { name: nameOf(value as User) })
    case 'forum_topic_created':
      return say('topic-created', { name: topic.name ?? '' })
    case 'forum_topic_edited':
      return topic.name ? say('topic-edited', { name: topic.name }) : say('service')
    case 'forum_topic_closed':
      return say('topic-closed')
    case 'forum_topic_reopened':
      return say('topic-reopened')
    case 'pinned_message':
      return say('pinned')
    case 'successful_payment':
      return `⭐ ${say('paid-stars', { sum: sumOf(value as Sum) })}`
    case 'refunded_payment':
      return `⭐ ${say('refunded-stars', { sum: sumOf(value as Sum) })}`
    default:
      return say('service')
  }
}

/** One line about a message, for lists and quotes. */
export function summarize(say: Say, { body, text, media }: SeenMessage): string {
  if (text) return text.replace(/\s+/g, ' ').slice(0, 90)
  const invoice = body?.invoice as { readonly title?: string } | undefined
  if (body) return invoice?.title ?? describeService(say, body)
  return media ? say(`media-${media.kind.replace('_', '-')}`) : ''
}
