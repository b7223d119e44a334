import { escapeHtml } from '@vpn-kiosk/i18n'

/**
 * Any text in bold.
 *
 * @example
 * bold('<1 day>') // '<b>&lt;1 day&gt;</b>'
 */
export const bold = (text: string): string => `<b>${escapeHtml(text)}</b>`

/**
 * Any text in a fixed font. One tap copies the text: the right home of keys and links over a copy button's 256
 * characters.
 *
 * @example
 * code('vless://…')
 */
export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`

/**
 * Any text as a block in a fixed font, copied by one tap.
 *
 * @example
 * pre(conf)
 */
export const pre = (text: string): string => `<pre>${escapeHtml(text)}</pre>`

/**
 * Any text as a link.
 *
 * @example
 * link('Support', 'https://t.me/help_bot')
 */
export const link = (text: string, url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`

/**
 * At most `max` UTF-16 units (the unit Telegram counts in), ending with an ellipsis when something was cut.
 * Never leaves half of a surrogate pair. Apply it to plain text, before escaping: a cut tag is a broken message.
 *
 * @example
 * bounded('One month', 6) // 'One m…'
 */
export function bounded(text: string, max: number): string {
  if (text.length <= max) return text
  if (max <= 0) return ''
  let end = max - 1
  const last = text.charCodeAt(end - 1)
  if (last >= 0xd800 && last <= 0xdbff) end -= 1
  return `${text.slice(0, end)}…`
}
