import { html, type TemplateResult } from 'lit-html'
import { repeat } from 'lit-html/directives/repeat.js'
import type { SeenTopic } from '../people/reading.ts'
import type { SeenMessage } from '../people/seen.ts'
import { showToast } from './dialogs.ts'
import { badge, icon } from './icon.ts'
import type { Page } from './page.ts'
import type { Seat } from './seat.ts'
import { summarize } from './service.ts'
import { isService } from './store.ts'

/** A topic, or General with the id null. */
type Row = Pick<SeenTopic, 'name' | 'iconColor' | 'isClosed'> & {
  readonly id: number | null
  readonly last: SeenMessage | undefined
  readonly unread: number
}

/** The list of a forum's topics, the one with the newest message first. */
export function topicListView(page: Page, { person, ref }: Seat, open: (topic: number | null) => void): TemplateResult {
  const { store, say, people } = page
  const rowOf = (topic: Pick<SeenTopic, 'name' | 'iconColor' | 'isClosed'> & { id: number | null }): Row => {
    const messages = store.messages(person, ref, topic.id)
    const last = messages.findLast((message) => !isService(message)) ?? messages.at(-1)
    return { ...topic, last, unread: store.unread(person, ref, topic.id) }
  }
  const remove = (event: Event, topic: number): void => {
    event.stopPropagation()
    const list = (event.currentTarget as Element).closest('.topics') ?? document.body
    people('deleteTopic', { person, chat: ref, topic }).then(page.nudge, (error) => showToast(error.message, list))
  }
  const rows = (store.chat(person, ref)?.topics ?? []).map(rowOf)
  rows.sort((a, b) => (b.last?.id ?? 0) - (a.last?.id ?? 0))
  const general = rowOf({ id: null, name: `# ${say('general')}`, iconColor: 0x8b95a5, isClosed: false })
  if (general.last && !isService(general.last)) rows.push(general)
  const empty = html`<div class="empty"><div class="empty-symbol">💬</div><p>${say('no-topics')}</p><small>${say('no-topics-hint')}</small></div>`
  return html`<div class="topics"><div class="topic-list">
      ${repeat(
        rows,
        ({ id }) => id,
        (row) => rowView(page, row, { open: () => open(row.id), remove }),
      )}</div>
    ${rows.length > 0 ? null : empty}</div>`
}

interface RowDeeds {
  open(): void
  remove(event: Event, topic: number): void
}

function rowView(page: Page, { id, name, iconColor, isClosed, last, unread }: Row, { open, remove }: RowDeeds) {
  const { say, formats } = page
  const color = `#${iconColor.toString(16).padStart(6, '0')}`
  const [, symbol, rest] = /^(\p{Extended_Pictographic}\uFE0F?)\s*(.*)$/u.exec(name) ?? [null, initialOf(name), name]
  const bin = html`<button class="tool" type="button" title=${say('delete-topic')} @click=${(event: Event) => remove(event, id ?? 0)}>${icon('trash')}</button>`
  return html`<div class="topic ${isClosed ? 'closed' : ''}" role="button" tabindex="0" @click=${open}
      @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && open()}>
    <span class="topic-icon" style="--topic:${color}">${symbol}</span>
    <div class="topic-body">
      <div class="topic-top"><b>${rest || name}</b><small>${last ? formats.time(last.at) : ''}</small></div>
      <div class="topic-bottom"><span>${last ? lineOf(page, last) : say('empty-topic')}</span>
        ${isClosed ? html`<small class="tag">${say('closed-topic')}</small>` : null}${badge(unread)}</div>
    </div>${id === null ? null : bin}</div>`
}

const initialOf = (name: string): string => /\p{L}/u.exec(name)?.[0] ?? '#'

/** What a bot brings is somebody else's: only people are named. */
function lineOf({ say }: Page, message: SeenMessage): string {
  const line = summarize(say, message)
  return message.from.isBot ? line : `${message.isMine ? say('you') : message.from.name}: ${line}`
}
