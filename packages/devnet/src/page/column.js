import { people } from './api.js'
import { createChatView } from './chat-view.js'
import { createComposer } from './composer.js'
import { menuItem, openMenu, showToast } from './dialogs.js'
import { avatar, h, icon } from './element.js'
import { t } from './i18n.js'
import { drawPersonChoice } from './person-menu.js'
import { keyOf } from './store.js'
import { createTopicList } from './topics.js'

/**
 * One conversation: who sits here, which of their chats is open, its messages and the line to write on.
 * `chats` are the tabs, e.g. `[{ ref: '@shop_bot', title, symbol }]`.
 */
export function createColumn({ role, person, chats, store, live, stage, cast, follow, profile, now, onSeat }) {
  const seat = { person, ref: chats[0].ref, topic: undefined }
  const isForum = () => typeof seat.ref === 'number'
  const current = () => chats.find(({ ref }) => ref === seat.ref)

  const element = h(`section.column.${role}`, { data: { role } })
  const head = h('header.column-head', {})
  const tabs = h('div.tabs', { role: 'tablist', hidden: chats.length < 2 })
  const place = () => element
  const sent = () => live.nudge()
  const refuse = (error) => showToast(error.message, element)
  const composer = createComposer({ seat: () => seat, sent, place })
  const view = createChatView({
    seat: () => seat,
    follow,
    place,
    findMessage: (id) => store.chat(seat.person, seat.ref)?.messages.get(id),
    scrollTo: (id) => view.scrollTo(id),
    reply: composer.reply,
    edit: composer.edit,
    remove: ({ id }) => people('delete-message', { person: seat.person, chat: seat.ref, message: id }).catch(refuse),
    like: ({ id, reactions }) =>
      people('react', {
        person: seat.person,
        chat: seat.ref,
        message: id,
        emoji: reactions.length ? null : '👍',
      }).catch(refuse),
  })
  const topics = createTopicList({ seat: () => seat, store, open: (topic) => move({ topic }) })
  const begin = h('div.begin', {})
  element.append(head, tabs, topics.element, view.element, begin, composer.element)

  function move(change) {
    Object.assign(seat, { topic: undefined }, change)
    composer.reset()
    onSeat()
    update()
    if (matchMedia('(pointer: fine)').matches) composer.focus()
  }

  const start = async (bot, payload) => {
    move({ ref: bot })
    await people('start', { person: seat.person, bot, ...(payload ? { payload } : {}) }).catch(refuse)
    live.nudge()
  }

  function update() {
    const chat = store.chat(seat.person, seat.ref)
    const atTopics = isForum() && seat.topic === undefined
    const messages = atTopics ? [] : store.messages(seat.person, seat.ref, isForum() ? seat.topic : undefined)
    const isEmpty = !isForum() && messages.length === 0
    drawHead(chat)
    drawTabs()
    topics.element.hidden = !atTopics
    view.element.hidden = atTopics || isEmpty
    begin.hidden = !isEmpty && !chat?.isBlocked
    composer.element.hidden = atTopics || !begin.hidden
    if (atTopics) topics.show(chat?.topics ?? [])
    else view.show(keyOf(seat.person, seat.ref, seat.topic), messages, { isGroup: isForum(), now: now() })
    if (!begin.hidden) drawBegin(chat)
    composer.show({
      keyboard: chat?.keyboard ?? [],
      isBot: !isForum(),
      placeholder: t(isForum() ? 'writeTopic' : 'write'),
    })
  }

  function drawHead(chat) {
    const topic = chat?.topics?.find(({ id }) => id === seat.topic)
    const print = JSON.stringify([
      seat,
      topic,
      chat?.title,
      names.get(seat.person),
      otherUnread(),
      chat?.isBlocked,
      !chat?.messages.size,
    ])
    if (head.print === print) return
    head.print = print
    const inTopic = isForum() && seat.topic !== undefined
    const title = inTopic ? (topic?.name ?? t('general')) : chat?.title || current().title
    const name = names.get(seat.person) ?? ''
    head.replaceChildren(
      inTopic
        ? h('button.round.back', { type: 'button', title: t('topics'), onclick: () => move({}) }, icon('back'))
        : avatar(title, 0, current().symbol),
      h('div.head-text', {}, h('h2', {}, title), h('small', {}, `${t(role)} — ${t(`${role}Hint`)}`)),
      role === 'customer'
        ? drawPersonButton(name)
        : h('span.who', { title: t('actsAs', { name }) }, avatar(name, seat.person), name),
      ...(isForum() || !chat?.messages.size ? [] : [drawMore(chat)]),
    )
  }

  function drawPersonButton(name) {
    const count = otherUnread()
    const button = h(
      'button.who',
      { type: 'button', title: t('switchPerson') },
      avatar(name, seat.person),
      name,
      icon('down'),
      count > 0 ? h('span.badge', {}, String(count)) : null,
    )
    const unread = (id) => (id === seat.person ? 0 : store.unread(id))
    button.onclick = () =>
      openMenu(button, [drawPersonChoice(cast, openAs, { current: seat.person, unread })], 'persons')
    return h('div.anchor', {}, button)
  }

  function drawMore(chat) {
    const verb = chat.isBlocked ? 'unblock' : 'block'
    const act = () => people(verb, { person: seat.person, bot: seat.ref }).then(live.nudge, refuse)
    const button = h('button.round', { type: 'button', title: '⋯' }, icon('menu'))
    button.onclick = () =>
      openMenu(button, [menuItem(chat.isBlocked ? '🔓' : '🚫', t(chat.isBlocked ? 'unblock' : 'block'), act)])
    return h('div.anchor', {}, button)
  }

  function drawTabs() {
    const print = JSON.stringify([seat.ref, seat.person, chats.map(({ ref }) => store.unread(seat.person, ref))])
    if (tabs.print === print) return
    tabs.print = print
    const draw = ({ ref, title, symbol }) => {
      const count = store.unread(seat.person, ref)
      const isOpen = ref === seat.ref
      return h(
        `button.tab${isOpen ? '.open' : ''}`,
        { type: 'button', role: 'tab', aria: { selected: String(isOpen) }, onclick: () => move({ ref }) },
        `${symbol} ${title}`,
        count > 0 ? h('span.badge', {}, String(count)) : null,
      )
    }
    tabs.replaceChildren(...chats.map(draw))
  }

  function drawBegin(chat) {
    const isBlocked = chat?.isBlocked ?? false
    const print = JSON.stringify([seat.ref, seat.person, isBlocked, profile(seat.ref)])
    if (begin.print === print) return
    begin.print = print
    const about = profile(seat.ref)
    const card = h(
      'div.about',
      {},
      h('div.empty-symbol', {}, current().symbol),
      h('b', {}, t('botAbout')),
      h('p', {}, about),
    )
    begin.replaceChildren(
      ...(isBlocked
        ? [h('p.hint', {}, t('blockedBot'))]
        : about
          ? [card]
          : [h('div.about.bare', {}, h('div.empty-symbol', {}, current().symbol))]),
      h('button.primary.start', { type: 'button', onclick: () => start(seat.ref) }, t(isBlocked ? 'unblock' : 'start')),
    )
  }

  const names = new Map(Object.values(stage.people).map(({ id, firstName }) => [id, firstName]))
  const watched = new Set([person])
  const otherUnread = () => [...watched].reduce((sum, id) => (id === seat.person ? sum : sum + store.unread(id)), 0)

  async function openAs(next) {
    if (!names.has(next)) {
      const all = await people('list-persons')
      for (const { id, firstName } of all) names.set(id, firstName)
    }
    watched.add(next)
    move({ person: next })
    live.nudge()
  }

  return {
    element,
    role,
    update,
    start,
    openAs,
    open: (ref) => move({ ref }),
    isAt: (ref) => seat.ref === ref,
    /** Whom to watch: who sits here now, and the last few who sat here. */
    persons: () => [...new Set([seat.person, ...[...watched].reverse()])].slice(0, 6),
    /** What is before the eyes of whoever looks at this column. */
    place: () => (isForum() && seat.topic === undefined ? null : keyOf(seat.person, seat.ref, seat.topic)),
    unread: () => chats.reduce((sum, { ref }) => sum + store.unread(seat.person, ref), otherUnread()),
    flash: () => {
      element.classList.remove('pointed')
      requestAnimationFrame(() => element.classList.add('pointed'))
    },
  }
}
