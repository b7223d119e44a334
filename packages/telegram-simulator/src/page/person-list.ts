import { html, type TemplateResult } from 'lit-html'
import type { PersonInfo } from '../people/gathering.ts'
import { openDialog } from './dialogs.ts'
import { avatar, badge } from './icon.ts'
import type { Page } from './page.ts'

export const fullName = ({ firstName, lastName }: PersonInfo): string => [firstName, lastName].filter(Boolean).join(' ')

interface PersonListOptions {
  readonly persons: readonly PersonInfo[]
  /** Below the others, under a line of its own. */
  readonly more?: { readonly title: string; readonly persons: readonly PersonInfo[] }
  readonly current?: number
  choose(person: number): void
  /** Somebody new was made, and is chosen then. */
  onCreate(person: PersonInfo): void
}

/** Rows to choose a person from, and one that makes a new one. */
export function personListView(page: Page, options: PersonListOptions): TemplateResult {
  const { persons, more, current, choose } = options
  const row = (person: PersonInfo) => {
    const { id } = person
    const unread = id === current ? 0 : page.store.unread(id)
    return html`<button class="person ${id === current ? 'chosen' : ''}" type="button" @click=${() => choose(id)}>
      ${avatar(fullName(person), id)}<span>${fullName(person)}</span>${badge(unread)}</button>`
  }
  const others =
    more && more.persons.length > 0
      ? html`<div class="person-divider">${more.title}</div>${more.persons.map(row)}`
      : null
  return html`<div class="person-list">${persons.map(row)}
    <button class="person new" type="button" @click=${() => askName(page, options)}><span class="avatar plus">+</span><span>${page.say('new-person')}</span></button>
    ${others}</div>`
}

function askName(page: Page, { choose, onCreate }: PersonListOptions): void {
  const dialog = openDialog(page, { title: page.say('new-person-name') })
  const create = async (event: SubmitEvent) => {
    event.preventDefault()
    const field = (event.currentTarget as HTMLFormElement).querySelector('input')
    const firstName = field?.value.trim() ?? ''
    if (firstName === '') return
    dialog.close()
    const person = await page.people('createPerson', { firstName, languageCode: page.language })
    onCreate(person)
    choose(person.id)
  }
  dialog.show(html`<form class="ask" @submit=${create}>
    <input class="field" maxlength="40" required autocomplete="off" autofocus /><button class="primary" type="submit">${page.say('create')}</button></form>`)
}
