import { html, type TemplateResult } from 'lit-html'
import type { SeenMessage } from '../people/seen.ts'
import type { BotCommand } from '../world/chat.ts'
import { icon } from './icon.ts'
import type { Page } from './page.ts'
import { summarize } from './service.ts'

/** What is written at the moment, and to what it belongs. */
export type Draft = { readonly kind: 'new' } | { readonly kind: 'reply' | 'edit'; readonly message: SeenMessage }

export const commandsView = (commands: readonly BotCommand[], choose: (command: string) => void): TemplateResult =>
  html`<div class="command-list" ?hidden=${commands.length === 0}>${commands.map(
    ({ command, description }) =>
      html`<button class="command" type="button" @click=${() => choose(command)}><b>/${command}</b><span>${description}</span></button>`,
  )}</div>`

/** What is answered or changed, over the line. */
export function bannerView({ say }: Page, draft: Draft, forget: () => void): TemplateResult | null {
  if (draft.kind === 'new') return null
  const { kind, message } = draft
  const label = kind === 'edit' ? say('editing') : message.from.name
  return html`<div class="banner">${icon(kind)}<div><b>${label}</b><span>${summarize(say, message)}</span></div>
    <button class="round" type="button" title=${say('cancel')} @click=${forget}>${icon('close')}</button></div>`
}

/** The buttons that a bot has put under the line. */
export function keysView(
  keyboard: readonly (readonly string[])[],
  press: (text: string) => void,
): TemplateResult | null {
  const key = (text: string) =>
    html`<button class="reply-key" type="button" @click=${() => press(text)}>${text}</button>`
  const rows = keyboard.map((row) => html`<div class="inline-row">${row.map(key)}</div>`)
  return rows.length === 0 ? null : html`<div class="reply-keys">${rows}</div>`
}
