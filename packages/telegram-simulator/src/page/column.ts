import { html, type TemplateResult } from 'lit-html'
import { createRef, ref as refTo } from 'lit-html/directives/ref.js'
import { createChatView } from './chat-view.ts'
import { beginView, blockView, tabsView } from './column-parts.ts'
import { createComposer } from './composer.ts'
import { showToast } from './dialogs.ts'
import { avatar, badge, icon } from './icon.ts'
import { createMenu } from './menu.ts'
import type { Page } from './page.ts'
import type { ChatTab, Seat } from './seat.ts'
import { type ChatRef, placeOf } from './store.ts'
import { topicListView } from './topic-list.ts'

export interface ColumnOptions {
  /** What the column is called in the style sheets. */
  readonly role: string
  /** Under the title. */
  readonly subtitle: string
  readonly person: number
  /** The chats that are tabs; one at least. */
  readonly chats: readonly ChatTab[]
  nameOf(person: number): string
  /** What an empty chat says of the bot. */
  about(ref: ChatRef): string
  /** Rows to choose another person from; absent: nobody else sits here. */
  choosePerson?(choose: (person: number) => void, current: number): TemplateResult
  /** Where a tapped address leads. */
  follow(url: string, column: Column, isInText: boolean): void
  /** The seat has changed: others are watched now. */
  onMove(): void
}

/** One conversation: who sits here, which of their chats is open, its messages and the line to write on. */
export interface Column {
  readonly role: string
  view(): TemplateResult
  seat(): Seat
  /** Opens a bot's chat and presses Start. */
  start(bot: ChatRef, payload?: string): Promise<void>
  openAs(person: number): void
  open(ref: ChatRef): void
  /** Whom to watch: who sits here now, and the last few who sat here. */
  persons(): readonly number[]
  /** What is before the eyes of whoever looks at this column; null is a list of topics. */
  place(): string | null
  unread(): number
  /** Draws attention to the column. */
  flash(): void
}

const watchedAtMost = 6

export function createColumn(page: Page, options: ColumnOptions): Column {
  const { store, say, people } = page
  const { role, chats } = options
  const [firstChat] = chats
  if (!firstChat) throw new Error('a column has one chat at least')
  let seat: Seat = { person: options.person, ref: firstChat.ref, topic: undefined }
  const watched = new Set([options.person])
  const element = createRef<HTMLElement>()
  const place = (): Element => element.value ?? document.body
  const refuse = (error: Error): void => showToast(error.message, place())
  const act = (deed: Promise<unknown>): void => void deed.then(page.nudge, refuse)

  const tab = (): ChatTab => chats.find(({ ref }) => ref === seat.ref) ?? firstChat
  const chat = () => store.chat(seat.person, seat.ref)
  const isForum = (): boolean => chat()?.isForum ?? typeof seat.ref === 'number'
  const isAtTopics = (): boolean => isForum() && seat.topic === undefined
  const otherUnread = (): number =>
    [...watched].reduce((sum, id) => (id === seat.person ? sum : sum + store.unread(id)), 0)

  const composer = createComposer(page, { seat: () => seat, place })
  const chatView = createChatView(page, {
    seat: () => seat,
    place,
    follow: (url, isInText = false) => options.follow(url, column, isInText),
    findMessage: (id) => chat()?.messages.get(id),
    reply: composer.reply,
    edit: composer.edit,
    remove: ({ id }) => act(people('deleteMessage', { person: seat.person, chat: seat.ref, message: id })),
    like: ({ id, reactions }) => {
      const emoji = reactions.length > 0 ? null : '👍'
      act(people('react', { person: seat.person, chat: seat.ref, message: id, emoji }))
    },
  })
  const persons = createMenu(page.redraw, { look: 'persons' })
  const more = createMenu(page.redraw)

  const move = (change: Partial<Seat>): void => {
    seat = { ...seat, topic: undefined, ...change }
    watched.delete(seat.person)
    watched.add(seat.person)
    composer.reset()
    options.onMove()
    page.redraw()
    if (matchMedia('(pointer: fine)').matches) requestAnimationFrame(composer.focus)
  }

  const toggleBlock = (): void =>
    act(people(chat()?.isBlocked ? 'unblock' : 'block', { person: seat.person, bot: seat.ref }))
  const headView = (): TemplateResult => {
    const topic = chat()?.topics.find(({ id }) => id === seat.topic)
    const inTopic = isForum() && seat.topic !== undefined
    const title = inTopic ? (topic?.name ?? say('general')) : chat()?.title || tab().title
    const name = options.nameOf(seat.person)
    const back = html`<button class="round back" type="button" title=${say('topics')} @click=${() => move({})}>${icon('back')}</button>`
    const who = html`<span class="who" title=${say('acts-as', { name })}>${avatar(name, seat.person)}${name}</span>`
    return html`<header class="column-head">${inTopic ? back : avatar(title, 0, tab().symbol)}
      <div class="head-text"><h2>${title}</h2><small>${options.subtitle}</small></div>
      ${options.choosePerson ? personsView(name, options.choosePerson) : who}
      ${isForum() || !chat()?.messages.size ? null : blockView(page, more, chat()?.isBlocked ?? false, toggleBlock)}</header>`
  }
  const personsView = (name: string, choosePerson: NonNullable<ColumnOptions['choosePerson']>): TemplateResult =>
    persons.view(
      html`<button class="who" type="button" title=${say('switch-person')} @click=${persons.toggle}>
        ${avatar(name, seat.person)}${name}${icon('down')}${badge(otherUnread())}</button>`,
      () => choosePerson((person) => move({ person }), seat.person),
    )
  const bodyView = (): TemplateResult => {
    if (isAtTopics()) return topics()
    const messages = store.messages(seat.person, seat.ref, isForum() ? seat.topic : undefined)
    const isBeginning = !isForum() && (messages.length === 0 || chat()?.isBlocked)
    const key = placeOf(seat.person, seat.ref, seat.topic)
    return html`${messages.length > 0 || isForum() ? chatView(key, messages, isForum()) : null}
      ${isBeginning ? begin() : composer.view(chat()?.keyboard ?? [], !isForum())}`
  }
  const begin = (): TemplateResult =>
    beginView(page, {
      symbol: tab().symbol,
      about: options.about(seat.ref),
      isBlocked: chat()?.isBlocked ?? false,
      start: () => void column.start(seat.ref),
    })
  const topics = (): TemplateResult => topicListView(page, seat, (topic) => move({ topic }))

  const column: Column = {
    role,
    view: () =>
      html`<section class="column ${role}" data-role=${role} ${refTo(element)}>${headView()}${tabsView(page, { chats, seat, open: (ref) => move({ ref }) })}${bodyView()}</section>`,
    seat: () => seat,
    start: async (bot, payload) => {
      move({ ref: bot })
      await people('start', { person: seat.person, bot, ...(payload ? { payload } : {}) }).catch(refuse)
      page.nudge()
    },
    openAs: (person) => {
      move({ person })
      page.nudge()
    },
    open: (ref) => move({ ref }),
    persons: () => [...watched].slice(-watchedAtMost),
    place: () => (isAtTopics() ? null : placeOf(seat.person, seat.ref, seat.topic)),
    unread: () => chats.reduce((sum, { ref }) => sum + store.unread(seat.person, ref), otherUnread()),
    flash: () => {
      place().classList.remove('pointed')
      requestAnimationFrame(() => place().classList.add('pointed'))
    },
  }
  return column
}
