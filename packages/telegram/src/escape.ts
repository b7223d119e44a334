import { escapeHtml } from '@vpn-kiosk/i18n'

export const bold = (text: string): string => `<b>${escapeHtml(text)}</b>`

/** Copied by one tap: the right home of keys and links longer than a copy button's 256 characters. */
export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`

export const pre = (text: string): string => `<pre>${escapeHtml(text)}</pre>`

export const link = (text: string, url: string): string => `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`

/**
 * At most `max` UTF-16 units (the unit Telegram counts in), ending with an ellipsis when something was cut.
 * Never leaves half of a surrogate pair. Apply it to plain text, before escaping: a cut tag is a broken message.
 */
export function bounded(text: string, max: number): string {
  if (text.length <= max) return text
  if (max <= 0) return ''
  let end = max - 1
  const last = text.charCodeAt(end - 1)
  if (last >= 0xd800 && last <= 0xdbff) end -= 1
  return `${text.slice(0, end)}…`
}
