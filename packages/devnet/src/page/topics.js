import { people } from './api.js'
import { showToast } from './dialogs.js'
import { h, icon, reconcile } from './element.js'
import { formatTime, t } from './i18n.js'
import { summarize } from './service.js'
import { isService } from './store.js'

/** The list of a forum's topics, the one with the newest message first. */
export function createTopicList({ seat, store, open }) {
  const list = h('div.topic-list', {})
  const empty = h(
    'div.empty',
    {},
    h('div.empty-symbol', {}, '💬'),
    h('p', {}, t('noTopics')),
    h('small', {}, t('noTopicsHint')),
  )
  const element = h('div.topics', {}, list, empty)

  const remove = async (event, id) => {
    event.stopPropagation()
    const { person, ref } = seat()
    await people('delete-topic', { person, chat: ref, topic: id }).catch((error) => showToast(error.message, element))
  }
  const draw = ({ id, name, iconColor, isClosed }, last, count) => {
    const color = `#${iconColor.toString(16).padStart(6, '0')}`
    const [, symbol, rest] = /^(\p{Extended_Pictographic}\uFE0F?)\s*(.*)$/u.exec(name) ?? [null, initialOf(name), name]
    const open_ = () => open(id)
    return h(
      `div.topic${isClosed ? '.closed' : ''}`,
      { role: 'button', tabIndex: 0, onclick: open_, onkeydown: (event) => event.key === 'Enter' && open_() },
      h('span.topic-icon', { style: { '--topic': color } }, symbol),
      h(
        'div.topic-body',
        {},
        h('div.topic-top', {}, h('b', {}, rest || name), h('small', {}, last ? formatTime(last.at) : '')),
        h(
          'div.topic-bottom',
          {},
          h('span', {}, last ? lineOf(last) : t('emptyTopic')),
          isClosed ? h('small.tag', {}, t('closedTopic')) : null,
          count > 0 ? h('span.badge', {}, String(count)) : null,
        ),
      ),
      h(
        'button.tool',
        { type: 'button', title: t('deleteTopic'), onclick: (event) => remove(event, id) },
        icon('trash'),
      ),
    )
  }

  return {
    element,
    show: (topics) => {
      const { person, ref } = seat()
      const rows = topics.map((topic) => {
        const messages = store.messages(person, ref, topic.id)
        const last = messages.findLast((message) => !isService(message)) ?? messages.at(-1)
        return { topic, last, count: store.unread(person, ref, topic.id) }
      })
      const general = store.messages(person, ref, null).findLast((message) => !isService(message))
      rows.sort((a, b) => (b.last?.id ?? 0) - (a.last?.id ?? 0))
      if (general) {
        const topic = { id: null, name: `# ${t('general')}`, iconColor: 0x8b95a5, isClosed: false }
        rows.push({ topic, last: general, count: store.unread(person, ref, null) })
      }
      reconcile(
        list,
        rows.map(({ topic, last, count }) => ({
          key: `t${topic.id}`,
          print: JSON.stringify([topic, last?.id, last?.text, count]),
          render: () => draw(topic, last, count),
        })),
      )
      empty.hidden = rows.length > 0
    },
  }
}

const initialOf = (name) => /\p{L}/u.exec(name)?.[0] ?? '#'

/** What the bot brings is the customer's: only people are named. */
function lineOf(message) {
  if (message.from.isBot) return summarize(message)
  return `${message.isMine ? t('you') : message.from.name}: ${summarize(message)}`
}
