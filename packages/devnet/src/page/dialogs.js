import { h, icon } from './element.js'
import { t } from './i18n.js'

/** A window over the page. Returns what closes it. */
export function openDialog({ title, className = '', actions = [] }, ...content) {
  const close = () => dialog.close()
  const header = title
    ? h(
        'header.dialog-head',
        {},
        h('h2', {}, title),
        ...actions,
        h('button.round', { type: 'button', title: t('close'), onclick: close }, icon('close')),
      )
    : null
  const dialog = h(`dialog.dialog${className && `.${className}`}`, {}, header, ...content)
  dialog.addEventListener('close', () => dialog.remove())
  // The backdrop belongs to the dialog itself: a click that hits nothing inside it fell beside.
  dialog.addEventListener('click', (event) => event.target === dialog && close())
  document.body.append(dialog)
  dialog.showModal()
  return { close, dialog }
}

/** A bot's alert: Telegram shows it until it is confirmed. */
export function showAlert(text) {
  const { close, dialog } = openDialog({ className: 'alert' }, h('p', {}, text))
  dialog.append(h('button.primary', { type: 'button', onclick: () => close() }, t('ok')))
  dialog.querySelector('.primary').focus()
}

const toastMs = 3200

/** A line that goes away by itself; `place` is the chat that it is about. */
export function showToast(text, place = document.body) {
  for (const old of place.querySelectorAll(':scope > .toast')) old.remove()
  const toast = h('div.toast', { role: 'status' }, text)
  place.append(toast)
  setTimeout(() => toast.remove(), toastMs)
}

export function showPhoto(url, name) {
  const { close, dialog } = openDialog({ className: 'lightbox' }, h('img', { src: url, alt: name }))
  dialog.onclick = close
}

/** A small menu at its button; goes away at the next click or Escape. */
export function openMenu(anchor, items, className = '') {
  const isOpen = anchor.parentElement.querySelector(':scope > .menu')
  closeMenus()
  if (isOpen) return
  const menu = h(`div.menu${className && `.${className}`}`, { role: 'menu' }, ...items)
  anchor.parentElement.append(menu)
  setTimeout(() => document.addEventListener('click', closeAtClick))
  document.addEventListener('keydown', closeAtEscape)
}

export function closeMenus() {
  for (const menu of document.querySelectorAll('.menu')) menu.remove()
  document.removeEventListener('click', closeAtClick)
  document.removeEventListener('keydown', closeAtEscape)
}

const closeAtClick = (event) => {
  if (!event.target.closest('.menu.stays')) closeMenus()
}
const closeAtEscape = (event) => {
  if (event.key === 'Escape') closeMenus()
}

export function menuItem(symbol, label, onclick) {
  return h('button.menu-item', { type: 'button', role: 'menuitem', onclick }, h('span.menu-symbol', {}, symbol), label)
}

export async function copyText(text, place) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const field = h('textarea', { value: text, style: { position: 'fixed', opacity: '0' } })
    document.body.append(field)
    field.select()
    document.execCommand('copy')
    field.remove()
  }
  showToast(t('copied'), place)
}
