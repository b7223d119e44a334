import { html, type TemplateResult } from 'lit-html'
import { unsafeHTML } from 'lit-html/directives/unsafe-html.js'
import type { SeenMessage } from '../people/seen.ts'
import { buttonsView } from './buttons.ts'
import type { ChatDeeds } from './chat-deeds.ts'
import { copyText } from './dialogs.ts'
import { avatar, hueOf, type IconName, icon } from './icon.ts'
import { isPicture, mediaView } from './media.ts'
import type { Page } from './page.ts'
import { describeService, summarize, sumOf } from './service.ts'

/** The place of a message among its neighbours. */
export interface RowLook {
  readonly isGroup: boolean
  /** The first, the last of several that one author wrote in a row. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** One message, or an album of them, as a row of the chat. */
export function rowView(page: Page, album: readonly SeenMessage[], look: RowLook, deeds: ChatDeeds): TemplateResult {
  const message = album[0] as SeenMessage
  const { isMine, from, buttons, reactions } = message
  const classes = [isMine ? 'out' : 'in', look.isFirst && 'first', look.isLast && 'last', look.isGroup && 'grouped']
  const face =
    look.isGroup && !isMine
      ? html`<div class="row-avatar">${look.isLast ? avatar(from.name, from.id) : null}</div>`
      : null
  return html`<div class="row ${classes.filter(Boolean).join(' ')}" data-message=${message.id}>${face}<div class="stack">
    ${bubbleView(page, album, look, deeds)}
    ${buttons.length > 0 ? buttonsView(page, message, deeds) : null}
    ${reactions.length > 0 ? html`<div class="reactions">${reactions.map((one) => html`<span>${one}</span>`)}</div>` : null}
  </div>${toolsView(page, message, deeds)}</div>`
}

export const serviceView = (page: Page, { body }: SeenMessage): TemplateResult =>
  html`<div class="service"><span>${describeService(page.say, body ?? {})}</span></div>`

export const dayView = (text: string): TemplateResult => html`<div class="service day"><span>${text}</span></div>`

function bubbleView(page: Page, album: readonly SeenMessage[], look: RowLook, deeds: ChatDeeds): TemplateResult {
  const message = album[0] as SeenMessage
  const media = album.flatMap((one) => (one.media ? [one.media] : []))
  const [first] = media
  const caption = album.find(({ text }) => text) ?? message
  const classes = [
    first && isPicture(first) && 'pictured',
    !caption.text && first && 'wordless',
    first && `has-${first.kind}`,
  ]
  const parts = media.map((one) => mediaView(page, one))
  const sender = html`<div class="sender" style="--hue:${hueOf(message.from.id)}">${message.from.name}</div>`
  return html`<div class="bubble ${classes.filter(Boolean).join(' ')}">
    ${look.isGroup && look.isFirst && !message.isMine ? sender : null}
    ${message.forwardedFrom ? html`<div class="forwarded">${page.say('forwarded', { name: message.forwardedFrom })}</div>` : null}
    ${message.replyTo === null ? null : quoteView(page, message.replyTo, deeds)}
    ${parts.length > 1 ? html`<div class="album of-${parts.length}">${parts}</div>` : parts}
    ${message.body?.invoice ? invoiceView(message.body.invoice as Invoice) : null}
    ${textView(page, caption, message, deeds)}</div>`
}

function textView(page: Page, caption: SeenMessage, message: SeenMessage, deeds: ChatDeeds): TemplateResult {
  const click = (event: Event) => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('a')
    if (link) {
      event.preventDefault()
      deeds.follow(link.href, true)
    }
    const code = event.target.closest('code, pre')
    if (code) void copyText(page, code.textContent ?? '', deeds.place())
    event.target.closest('.spoiler')?.classList.add('shown')
  }
  const mark = `${message.editedAt ? `${page.say('edited')} ` : ''}${page.formats.time(message.at)}${message.isMine ? ' ✓✓' : ''}`
  // The People API has escaped whatever the author wrote.
  return html`<div class="text" @click=${click}>${unsafeHTML(caption.html)}<span class="meta">${mark}</span></div>`
}

function quoteView(page: Page, id: number, { findMessage, scrollTo }: ChatDeeds): TemplateResult {
  const quoted = findMessage(id)
  return html`<button class="quote" type="button" style="--hue:${hueOf(quoted?.from.id)}" @click=${() => scrollTo(id)}>
    <b>${quoted?.from.name ?? ''}</b><span>${quoted ? summarize(page.say, quoted) : page.say('deleted')}</span></button>`
}

interface Invoice {
  readonly title: string
  readonly description: string
  readonly total_amount: number
  readonly currency: string
}

const invoiceView = (invoice: Invoice): TemplateResult =>
  html`<div class="invoice"><b>${invoice.title}</b><span>${invoice.description}</span><strong>${sumOf(invoice)}</strong></div>`

function toolsView(page: Page, message: SeenMessage, { reply, edit, remove, like }: ChatDeeds): TemplateResult {
  const tool = (name: IconName | 'like', label: string, act: (message: SeenMessage) => void) =>
    html`<button class="tool" type="button" title=${page.say(label)} @click=${() => act(message)}>${name === 'like' ? '👍' : icon(name)}</button>`
  return html`<div class="tools">${tool('reply', 'reply', reply)}
    ${message.isMine ? null : tool('like', 'like', like)}
    ${message.isMine && (message.text || message.media) ? tool('edit', 'edit', edit) : null}
    ${message.isMine ? tool('trash', 'remove', remove) : null}</div>`
}
