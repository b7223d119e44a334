import { type CustomerLine, type CustomerList, type CustomerPage, customerLists } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { askCustomer, moreFound, morePeople, openCustomer, openPeople } from './callbacks.ts'

export const searchView = (t: Translator): View => ({
  text: t('search-prompt'),
  keyboard: [...customerLists.map((list) => [openPeople.button(t.plain(`people-${list}`), { list })]), menuRow(t)],
})

/** `isFirst`: the page that the search itself shows. */
export function foundView(t: Translator, page: CustomerPage, { query, isFirst }: FoundOptions): View {
  const count = page.lines.length
  const more = page.next
    ? [[moreFound.button(t.plain('people-next'), { at: page.next.atMicros, customer: page.next.id })]]
    : []
  return {
    text: t(isFirst && !page.next ? 'search-found' : 'search-page', { count, query: bounded(query, 40) }),
    keyboard: [...peopleRows(t, page.lines), ...more, backRow(t)],
  }
}

export interface FoundOptions {
  readonly query: string
  readonly isFirst: boolean
}

export function peopleView(t: Translator, list: CustomerList, page: CustomerPage): View {
  const more = page.next
    ? [[morePeople.button(t.plain('people-next'), { list, at: page.next.atMicros, customer: page.next.id })]]
    : []
  return {
    text: [t(`people-${list}-title`), ...(page.lines.length === 0 ? [t('people-none')] : [])].join('\n\n'),
    keyboard: [...peopleRows(t, page.lines), ...more, backRow(t)],
  }
}

const backRow = (t: Translator): Keyboard[number] => [askCustomer.button(t.plain('back'), {}), ...menuRow(t)]

const peopleRows = (t: Translator, lines: readonly CustomerLine[]): Keyboard =>
  lines.map((line) => [openCustomer.button(lineOf(t, line), { customer: line.id })])

export const nameOf = (person: { readonly firstName: string; readonly lastName: string | null }): string =>
  bounded([person.firstName, person.lastName].filter(Boolean).join(' '), 64)

/** What tells two people of one name apart: the name that Telegram knows, or the number, and the end of their time. */
function lineOf(t: Translator, line: CustomerLine): string {
  const icon = line.isBanned ? '🚫' : t.plain('standing-icon', { standing: line.standing })
  const who = `${icon} ${bounded(nameOf(line), 28)} ${line.username ? `@${bounded(line.username, 20)}` : `· ${line.telegramId}`}`
  return line.endsAt ? `${who} · ${t.date(line.endsAt)}` : who
}
