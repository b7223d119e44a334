import { html, type TemplateResult } from 'lit-html'
import type { PressResult } from '../people/pressing.ts'
import type { SeenButton, SeenMessage } from '../people/seen.ts'
import type { ChatDeeds } from './chat-deeds.ts'
import { copyText, showAlert, showToast } from './dialogs.ts'
import { type IconName, icon } from './icon.ts'
import type { Page } from './page.ts'
import { readAddress } from './read-address.ts'
import { placeIn } from './seat.ts'

const marks: Readonly<Partial<Record<SeenButton['kind'], IconName>>> = {
  url: 'out',
  'web-app': 'window',
  copy: 'copy',
  pay: 'star',
}

/** The buttons under a message. */
export function buttonsView(page: Page, message: SeenMessage, deeds: ChatDeeds): TemplateResult {
  const view = (button: SeenButton) => {
    const mark = marks[button.kind]
    const press = (event: Event) => void pressButton(page, message, button, deeds, event.currentTarget as Element)
    return html`<button class="inline ${button.style ? `style-${button.style}` : ''}" type="button" data-kind=${button.kind} @click=${press}>
      <span>${button.text}</span>${mark ? html`<sup>${icon(mark)}</sup>` : null}</button>`
  }
  return html`<div class="inline-keyboard">${message.buttons.map((row) => html`<div class="inline-row">${row.map(view)}</div>`)}</div>`
}

async function pressButton(page: Page, message: SeenMessage, button: SeenButton, deeds: ChatDeeds, element: Element) {
  if (button.kind === 'copy') return copyText(page, button.value ?? '', deeds.place())
  const isInvoice = button.kind === 'url' && readAddress(button.value ?? '').kind === 'invoice'
  if (!isInvoice && (button.kind === 'url' || button.kind === 'web-app')) return deeds.follow(button.value ?? '')
  if (element.classList.contains('busy')) return
  element.classList.add('busy')
  try {
    await ask(page, message, button, deeds)
  } catch (error) {
    showToast(String(error instanceof Error ? error.message : error), deeds.place())
  } finally {
    element.classList.remove('busy')
  }
}

async function ask(page: Page, message: SeenMessage, button: SeenButton, deeds: ChatDeeds): Promise<void> {
  const { person, ref } = deeds.seat()
  if (button.kind === 'pay' || button.kind === 'url') {
    const what = button.kind === 'pay' ? { message: message.id } : { link: button.value ?? '' }
    const result = await page.people('pay', { person, bot: ref, ...what })
    return result.kind === 'refused' ? showAlert(page, result.message) : undefined
  }
  const wanted = button.value === null ? { text: button.text } : { data: button.value }
  showResult(page, await page.people('press', { ...placeIn(deeds.seat()), message: message.id, ...wanted }), deeds)
}

function showResult(page: Page, result: PressResult, { follow, place }: ChatDeeds): void {
  if (result.kind !== 'callback') return
  const {
    text,
    showAlert: isAlert,
    url,
  } = result.answer ?? { text: page.say('no-answer'), showAlert: false, url: null }
  if (url) follow(url)
  if (text && isAlert) showAlert(page, text)
  else if (text) showToast(text, place())
}
