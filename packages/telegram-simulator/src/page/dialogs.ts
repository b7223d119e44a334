import { html, render, type TemplateResult } from 'lit-html'
import { icon } from './icon.ts'
import type { Page } from './page.ts'

export interface DialogOptions {
  readonly title?: string
  /** What the dialog's look is called in the style sheets. */
  readonly look?: string
  /** Beside the button that closes. */
  readonly actions?: TemplateResult
}

export interface Dialog {
  readonly element: HTMLDialogElement
  /** Draws other content. */
  show(content: TemplateResult): void
  close(): void
}

/** A window over the page; gone once it is closed. */
export function openDialog(page: Page, { title, look = '', actions }: DialogOptions, content?: TemplateResult): Dialog {
  const element = document.createElement('dialog')
  element.className = `dialog ${look}`
  const close = () => element.close()
  const head = title
    ? html`<header class="dialog-head"><h2>${title}</h2>${actions}
        <button class="round" type="button" title=${page.say('close')} @click=${close}>${icon('close')}</button></header>`
    : null
  const show = (inside: TemplateResult | undefined) => render(html`${head}${inside}`, element)
  element.addEventListener('close', () => element.remove())
  // The backdrop belongs to the dialog itself: a click that hits nothing inside it fell beside.
  element.addEventListener('click', (event) => event.target === element && close())
  show(content)
  document.body.append(element)
  element.showModal()
  return { element, show, close }
}

/** A bot's alert: Telegram shows it until it is confirmed. */
export function showAlert(page: Page, text: string): void {
  const dialog = openDialog(page, { look: 'alert' })
  dialog.show(
    html`<p>${text}</p><button class="primary" type="button" autofocus @click=${dialog.close}>${page.say('ok')}</button>`,
  )
}

export function showPhoto(page: Page, url: string, name: string): void {
  const dialog = openDialog(page, { look: 'lightbox' })
  dialog.show(html`<img src=${url} alt=${name} @click=${dialog.close} />`)
}

const toastMs = 3200

/** A line that goes away by itself. It lies over `place`: the chat that it is about, or the whole page. */
export function showToast(text: string, place: Element = document.body): void {
  for (const old of place.querySelectorAll(':scope > .toast')) old.remove()
  const toast = document.createElement('div')
  toast.className = 'toast'
  toast.role = 'status'
  toast.textContent = text
  place.append(toast)
  setTimeout(() => toast.remove(), toastMs)
}

export async function copyText(page: Page, text: string, place?: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = Object.assign(document.createElement('textarea'), { value: text })
    field.style.cssText = 'position:fixed;opacity:0'
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
  showToast(page.say('copied'), place)
}
