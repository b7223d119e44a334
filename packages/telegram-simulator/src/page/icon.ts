import { html, svg, type TemplateResult } from 'lit-html'

const paths = {
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
  out: 'M8 16L17 7M9 7h8v8',
  window: 'M4 5h16v14H4zM4 10h16',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  star: 'M12 4l2.5 5 5.5.8-4 4 1 5.5-5-2.6-5 2.6 1-5.5-4-4 5.5-.8z',
  menu: 'M4 7h16M4 12h16M4 17h16',
} as const

export type IconName = keyof typeof paths

/** A line icon in the colour of the text around it. */
export const icon = (name: IconName): TemplateResult =>
  html`<svg viewBox="0 0 24 24" class="icon icon-${name}" aria-hidden="true">${svg`<path d=${paths[name]}></path>`}</svg>`

const hues = [212, 152, 28, 268, 340, 188, 48, 240]

/** The same colour for the same person everywhere. */
export const hueOf = (id: number | undefined): number => hues[Math.abs(id ?? 0) % hues.length] ?? 212

export const avatar = (name: string, id: number, symbol?: string): TemplateResult =>
  html`<span class="avatar" style="--hue:${hueOf(id)}" aria-hidden="true">${symbol ?? [...name][0] ?? '?'}</span>`

export const badge = (count: number): TemplateResult | null =>
  count > 0 ? html`<span class="badge">${count}</span>` : null
