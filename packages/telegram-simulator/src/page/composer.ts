import { html, type TemplateResult } from 'lit-html'
import { live } from 'lit-html/directives/live.js'
import { createRef, ref } from 'lit-html/directives/ref.js'
import type { Request } from '../people/requests.ts'
import type { SeenMessage } from '../people/seen.ts'
import type { BotCommand } from '../world/chat.ts'
import { bannerView, commandsView, type Draft, keysView } from './composer-parts.ts'
import { showToast } from './dialogs.ts'
import { icon } from './icon.ts'
import { createMenu, menuItem } from './menu.ts'
import type { Page } from './page.ts'
import { drawScreenshot, readFile } from './samples.ts'
import { placeIn, type Seat } from './seat.ts'

interface ComposerOptions {
  seat(): Seat
  /** Over what a toast about this chat lies. */
  place(): Element
}

/** The line where a person writes. */
export function createComposer(page: Page, { seat, place }: ComposerOptions) {
  const { say, people } = page
  const field = createRef<HTMLTextAreaElement>()
  const file = createRef<HTMLInputElement>()
  const attach = createMenu(page.redraw, { look: 'up' })
  let draft: Draft = { kind: 'new' }
  let written = ''
  let commands: readonly BotCommand[] = []

  const act = async (deed: () => Promise<unknown>): Promise<void> => {
    try {
      await deed()
      page.nudge()
    } catch (error) {
      showToast(error instanceof Error ? error.message : String(error), place())
    }
  }
  const forget = (): void => {
    draft = { kind: 'new' }
    commands = []
    page.redraw()
  }
  const where = () => ({ ...placeIn(seat()), ...(draft.kind === 'reply' ? { replyTo: draft.message.id } : {}) })
  const submit = (): void => {
    const text = written.trim()
    if (text === '') return
    const { person, chat, ...rest } = where()
    const { kind } = draft
    const message = draft.kind === 'edit' ? draft.message.id : 0
    written = ''
    forget()
    void act(() =>
      kind === 'edit'
        ? people('editText', { person, chat, message, text })
        : people('sendText', { person, chat, ...rest, text }),
    )
  }
  const sendMedia = (kind: Request<'sendMedia'>['kind'], upload?: Request<'sendMedia'>['file']): void => {
    const request = { ...where(), kind, ...(upload ? { file: upload } : {}) }
    forget()
    void act(() => people('sendMedia', request))
  }
  const sendAlbum = (): void => {
    const items = [350, 210, 150].map((hue) => ({ kind: 'photo' as const, file: drawScreenshot(say, hue) }))
    forget()
    void act(() => people('sendAlbum', { ...placeIn(seat()), items }))
  }
  const sendChosen = async (): Promise<void> => {
    const chosen = file.value?.files?.[0]
    if (!chosen) return
    const { kind, file: upload } = await readFile(chosen)
    if (file.value) file.value.value = ''
    sendMedia(kind, upload)
  }
  /** The commands of the bot that begin so; null offers none. */
  const suggest = async (typed: string | null): Promise<void> => {
    const { person, ref: bot } = seat()
    const isOffered = typed !== null && String(bot).startsWith('@')
    const offered = isOffered ? await people('listCommands', { person, bot }).catch(() => []) : []
    commands = offered.filter(({ command }) => command.startsWith(typed ?? ''))
    page.redraw()
  }
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault()
      submit()
    }
    if (event.key === 'Escape') forget()
  }
  const typed = (event: Event): void => {
    written = (event.currentTarget as HTMLTextAreaElement).value
    void suggest(written.startsWith('/') ? written.slice(1) : null)
  }

  const attachItems = (): TemplateResult[] => [
    menuItem('📎', say('choose-file'), () => file.value?.click()),
    menuItem('🖼️', say('sample-photo'), () => sendMedia('photo', drawScreenshot(say))),
    menuItem('🎙️', say('sample-voice'), () => sendMedia('voice')),
    menuItem('🎬', say('sample-video'), () => sendMedia('video')),
    menuItem('🗂️', say('sample-album'), sendAlbum),
  ]
  const choose = (command: string): void => {
    written = `/${command}`
    submit()
  }
  const press = (text: string): void => void act(() => people('sendText', { ...where(), text }))

  return {
    focus: (): void => field.value?.focus({ preventScroll: true }),
    reply: (message: SeenMessage): void => {
      draft = { kind: 'reply', message }
      page.redraw()
      field.value?.focus()
    },
    edit: (message: SeenMessage): void => {
      draft = { kind: 'edit', message }
      written = message.text
      page.redraw()
      field.value?.focus()
    },
    /** Another chat: nothing of the last one's stays. */
    reset: (): void => {
      written = ''
      forget()
    },
    view: (keyboard: readonly (readonly string[])[], isBot: boolean): TemplateResult => {
      const toggleCommands = () => suggest(commands.length > 0 ? null : '')
      return html`<div class="composer">${commandsView(commands, choose)}${bannerView(page, draft, forget)}
        <div class="composer-line">${attach.view(
          html`<button class="round" type="button" title=${say('attach')} @click=${attach.toggle}>${icon('attach')}</button>`,
          attachItems,
        )}
          <button class="round slash" type="button" title=${say('commands')} ?hidden=${!isBot} @click=${toggleCommands}>/</button>
          <textarea class="field" rows="1" autocomplete="off" placeholder=${say(isBot ? 'write' : 'write-topic')} ${ref(field)}
            .value=${live(written)} @input=${typed} @keydown=${pressed}></textarea>
          <button class="round send" type="button" title=${say('send')} @click=${submit}>${icon('send')}</button></div>
        ${keysView(keyboard, press)}<input type="file" hidden ${ref(file)} @change=${sendChosen} /></div>`
    },
  }
}
