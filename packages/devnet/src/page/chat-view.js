import { drawDay, drawRow, drawService } from './bubble.js'
import { h, icon, reconcile } from './element.js'
import { formatDate, formatDay, t } from './i18n.js'
import { isService } from './store.js'

const shown = 200
const togetherMs = 10 * 60_000
const nearBottom = 90

/** The scrolling list of messages. `show` draws what the chat holds now; at the bottom it stays at the bottom. */
export function createChatView(deeds) {
  const list = h('div.messages', { role: 'log' })
  const jump = h('button.jump', { type: 'button', title: t('toBottom'), hidden: true }, icon('down'))
  const scroller = h('div.scroller', { tabIndex: -1 }, list)
  const element = h('div.chat-view', {}, scroller, jump)
  let place = ''
  let isFollowing = true

  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight
  }
  jump.onclick = () => scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'smooth' })
  scroller.onscroll = () => {
    isFollowing = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < nearBottom
    jump.hidden = isFollowing
  }
  // Pictures arrive after their message, and the keyboard of a phone takes room away.
  new ResizeObserver(() => isFollowing && toBottom()).observe(list)
  new ResizeObserver(() => isFollowing && toBottom()).observe(scroller)

  return {
    element,
    scrollTo: (id) => {
      const row = list.querySelector(`[data-message="${id}"]`)
      row?.scrollIntoView({ block: 'center', behavior: 'smooth' })
      row?.classList.add('flash')
      setTimeout(() => row?.classList.remove('flash'), 1200)
    },
    /** `key` names the chat: another chat starts at its bottom. */
    show: (key, messages, { isGroup, now }) => {
      const isOther = key !== place
      if (isOther) list.replaceChildren()
      place = key
      const grew = messages.at(-1)?.isMine && Number(list.dataset.last) !== messages.at(-1).id
      list.dataset.last = messages.at(-1)?.id ?? ''
      reconcile(list, toItems(messages.slice(-shown), { isGroup, now, deeds }))
      if (isOther || grew || isFollowing) requestAnimationFrame(toBottom)
      if (isOther || grew) isFollowing = true
    },
  }
}

function toItems(messages, { isGroup, now, deeds }) {
  const blocks = toBlocks(messages)
  return blocks.flatMap((block, index) => {
    const [message] = block
    const before = blocks[index - 1]?.at(-1)
    const after = blocks[index + 1]?.[0]
    const items = []
    if (!before || dayOf(before.at) !== dayOf(message.at)) items.push(dayItem(message.at, now))
    if (isService(message)) {
      items.push({ key: `s${message.id}`, print: '', render: () => drawService(message) })
      return items
    }
    const look = { isGroup, isFirst: !isTogether(before, message), isLast: !isTogether(message, after) }
    items.push({
      key: `m${message.id}`,
      print: JSON.stringify([block, look]),
      render: () => drawRow(block, look, deeds),
    })
    return items
  })
}

/** Messages one by one, and albums whole. */
function toBlocks(messages) {
  const blocks = []
  for (const message of messages) {
    const last = blocks.at(-1)
    if (message.albumId && last?.[0].albumId === message.albumId) last.push(message)
    else blocks.push([message])
  }
  return blocks
}

function dayItem(at, now) {
  const text = dayOf(at) === dayOf(now) ? t('today') : formatDay(at)
  return { key: `d${dayOf(at)}`, print: text, render: () => drawDay(text) }
}

const dayOf = formatDate

function isTogether(a, b) {
  if (!a || !b || isService(a) || isService(b)) return false
  return a.from.id === b.from.id && new Date(b.at) - new Date(a.at) < togetherMs && dayOf(a.at) === dayOf(b.at)
}
