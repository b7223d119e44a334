import type { CustomerLine } from '@vpn-kiosk/shop'
import { bounded, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openCustomer } from './callbacks.ts'

export const searchView = (t: Translator): View => ({ text: t('search-prompt'), keyboard: [menuRow(t)] })

export function foundView(t: Translator, found: readonly CustomerLine[]): View {
  const rows = found.map((line) => [openCustomer.button(lineOf(t, line), { customer: line.id })])
  return { text: t('search-found', { count: found.length }), keyboard: [...rows, menuRow(t)] }
}

export const nameOf = (person: { readonly firstName: string; readonly lastName: string | null }): string =>
  bounded([person.firstName, person.lastName].filter(Boolean).join(' '), 64)

function lineOf(t: Translator, line: CustomerLine): string {
  const icon = line.isBanned ? '🚫' : t.plain('standing-icon', { standing: line.standing })
  const username = line.username ? ` @${line.username}` : ''
  return bounded(`${icon} ${nameOf(line)}${username} · ${line.telegramId}`, 60)
}
