/**
 * Makes an element: `h('button.key', { onclick, title }, 'Text', child)`. Properties are set as properties,
 * `data`, `style` and `aria` by their entries; empty children are left out.
 */
export function h(selector, properties = {}, ...children) {
  const [tag, ...classes] = selector.split('.')
  const element = document.createElement(tag || 'div')
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue
    if (name === 'data') Object.assign(element.dataset, value)
    else if (name === 'style') for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one)
    else if (name === 'aria') for (const [key, one] of Object.entries(value)) element.setAttribute(`aria-${key}`, one)
    else element[name] = value
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/**
 * Makes the children of `parent` be `items`, keeping an element whose `key` and `print` have not changed: what does not
 * change does not flicker and keeps its focus.
 */
export function reconcile(parent, items) {
  const known = new Map([...parent.children].map((element) => [element.dataset.key, element]))
  let place = null
  for (const { key, print, render } of items) {
    const before = known.get(key)
    const isSame = before?.print === print
    const element = isSame ? before : render()
    element.dataset.key = key
    element.print = print
    known.delete(key)
    if (before && !isSame) before.replaceWith(element)
    const next = place ? place.nextElementSibling : parent.firstElementChild
    if (next !== element) parent.insertBefore(element, next)
    place = element
  }
  for (const element of known.values()) if (element.parentElement === parent) element.remove()
}

const icons = {
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-5 16-3.5-6.5z',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L15 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  reply: 'M10 8V4l-7 7 7 7v-4c5 0 8 1.5 11 5-1-6-4-10-11-11z',
  edit: 'M4 20l4-1L19.5 7.5l-3-3L5 16z',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  down: 'M6 10l6 6 6-6',
  open: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  sun: 'M12 4V2M12 22v-2M4 12H2M22 12h-2M6 6L4.5 4.5M19.5 19.5L18 18M6 18l-1.5 1.5M19.5 4.5L18 6M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  play: 'M8 5l11 7-11 7z',
  keyboard: 'M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10',
  out: 'M8 16L17 7M9 7h8v8',
  window: 'M4 5h16v14H4zM4 10h16',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  star: 'M12 4l2.5 5 5.5.8-4 4 1 5.5-5-2.6-5 2.6 1-5.5-4-4 5.5-.8z',
  menu: 'M4 7h16M4 12h16M4 17h16',
}

/** A line icon of the page's own set, in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('class', `icon icon-${name}`)
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', icons[name])
  svg.append(path)
  return svg
}

const hues = [212, 152, 28, 268, 340, 188, 48, 240]

/** The same colour for the same person everywhere. */
export const hueOf = (id) => hues[Math.abs(Number(id) || 0) % hues.length]

export function avatar(name, id, symbol) {
  return h('span.avatar', { style: { '--hue': hueOf(id) }, aria: { hidden: 'true' } }, symbol ?? [...name][0] ?? '?')
}
