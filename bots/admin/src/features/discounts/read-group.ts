import { isPercentOff } from '@vpn-kiosk/domain'

/** `Partners 15%` → its name and its percentage; null where it is none. */
export function readGroup(text: string): { readonly name: string; readonly percent: number } | null {
  const line = text.slice(0, 100).replace(/\s+/g, ' ').trim()
  const [, name = '', percent] = /^(.{1,30}?) (\d{1,2}) ?%?$/u.exec(line) ?? []
  return percent !== undefined && isPercentOff(Number(percent)) ? { name: name.trim(), percent: Number(percent) } : null
}
