import { html, type TemplateResult } from 'lit-html'
import { createRef, ref } from 'lit-html/directives/ref.js'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SeenMessage } from '../people/seen.ts'
import type { ChatDeeds } from './chat-deeds.ts'
import { icon } from './icon.ts'
import type { Page } from './page.ts'
import { dayView, rowView, serviceView } from './row.ts'
import { isService } from './store.ts'

const shown = 200
const togetherMs = 10 * 60_000
const nearBottom = 90

/** The scrolling list of messages. At the bottom it stays at the bottom. */
export function createChatView(page: Page, deeds: Omit<ChatDeeds, 'scrollTo'>) {
  const scroller = createRef<HTMLElement>()
  const list = createRef<HTMLElement>()
  let place = ''
  let lastId: number | undefined
  let isFollowing = true
  let watched: Element | undefined

  const toBottom = (): void => {
    const { value } = scroller
    if (value) value.scrollTop = value.scrollHeight
  }
  // Pictures arrive after their message, and the keyboard of a phone takes room away.
  const observer = new ResizeObserver(() => isFollowing && toBottom())
  const watchSize = (): void => {
    if (watched === list.value || !list.value || !scroller.value) return
    observer.disconnect()
    watched = list.value
    for (const one of [list.value, scroller.value]) observer.observe(one)
  }
  const scrolled = (): void => {
    const { value } = scroller
    if (!value) return
    const before = isFollowing
    isFollowing = value.scrollHeight - value.scrollTop - value.clientHeight < nearBottom
    if (before !== isFollowing) page.redraw()
  }
  const jump = (): void => scroller.value?.scrollTo({ top: scroller.value.scrollHeight, behavior: 'smooth' })
  const scrollTo = (id: number): void => {
    const row = list.value?.querySelector(`[data-message="${id}"]`)
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    row?.classList.add('flash')
    setTimeout(() => row?.classList.remove('flash'), 1200)
  }

  /** `key` names the chat: another chat starts at its bottom. */
  return (key: string, messages: readonly SeenMessage[], isGroup: boolean): TemplateResult => {
    const last = messages.at(-1)
    const isOther = key !== place
    const isOwn = last?.isMine && last.id !== lastId
    place = key
    lastId = last?.id
    if (isOther || isOwn) isFollowing = true
    requestAnimationFrame(() => {
      watchSize()
      if (isFollowing) toBottom()
    })
    const items = itemsOf(page, messages.slice(-shown), isGroup, { ...deeds, scrollTo })
    return html`<div class="chat-view">
      <div class="scroller" tabindex="-1" ${ref(scroller)} @scroll=${scrolled}>
        <div class="messages" role="log" ${ref(list)}>
          ${repeat(
            items,
            (item) => `${key} ${item.key}`,
            (item) => item.view,
          )}
        </div>
      </div>
      <button class="jump" type="button" title=${page.say('to-bottom')} ?hidden=${isFollowing} @click=${jump}>${icon('down')}</button>
    </div>`
  }
}

interface Item {
  readonly key: string
  readonly view: TemplateResult
}

function itemsOf(page: Page, messages: readonly SeenMessage[], isGroup: boolean, deeds: ChatDeeds): Item[] {
  const albums = albumsOf(messages)
  const dayOf = (at: string | number) => page.formats.date(at)
  const isTogether = (a: SeenMessage | undefined, b: SeenMessage | undefined): boolean =>
    a !== undefined &&
    b !== undefined &&
    !isService(a) &&
    !isService(b) &&
    a.from.id === b.from.id &&
    Date.parse(b.at) - Date.parse(a.at) < togetherMs &&
    dayOf(a.at) === dayOf(b.at)

  return albums.flatMap((album, index) => {
    const [message] = album
    if (!message) return []
    const before = albums[index - 1]?.at(-1)
    const after = albums[index + 1]?.[0]
    const day = dayOf(message.at)
    const items: Item[] = []
    if (!before || dayOf(before.at) !== day) {
      const text = day === dayOf(page.now()) ? page.say('today') : page.formats.day(message.at)
      items.push({ key: `d${day}`, view: dayView(text) })
    }
    const look = { isGroup, isFirst: !isTogether(before, message), isLast: !isTogether(message, after) }
    const view = isService(message) ? serviceView(page, message) : rowView(page, album, look, deeds)
    items.push({ key: `m${message.id}`, view })
    return items
  })
}

/** Messages one by one, and albums whole. */
function albumsOf(messages: readonly SeenMessage[]): SeenMessage[][] {
  const albums: SeenMessage[][] = []
  for (const message of messages) {
    const last = albums.at(-1)
    if (last && message.albumId && last[0]?.albumId === message.albumId) last.push(message)
    else albums.push([message])
  }
  return albums
}
