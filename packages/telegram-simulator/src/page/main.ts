import { html, type TemplateResult } from 'lit-html'
import type { BotInfo, PersonInfo } from '../people/gathering.ts'
import { type Column, createColumn } from './column.ts'
import { showToast } from './dialogs.ts'
import { icon } from './icon.ts'
import type { Page } from './page.ts'
import { callServer, people } from './people-client.ts'
import { personListView } from './person-list.ts'
import { readAddress } from './read-address.ts'
import type { ChatTab } from './seat.ts'
import { startPage } from './start-page.ts'
import type { ChatRef } from './store.ts'
import { chooseLanguage, loadWords } from './words.ts'

/** The page of a simulator that is used by itself: a column for each of the first people, with all bots and groups. */
const columnsAtMost = 3

const words = await loadWords(await callServer<string[]>('/chat/locales/languages.json'), ['/chat/locales/*/page.ftl'])
const bots = await people('listBots', { languageCode: words.language })
let persons = await people('listPersons', {})
const groups = await groupsOf(persons)

startPage({ words }, (page) => {
  const columns = persons.slice(0, columnsAtMost).map((person) => build(page, person))
  return {
    persons: () => columns.flatMap((column) => column.persons()),
    places: () => columns.flatMap((column) => column.place() ?? []),
    view: (isLost) => html`${barView(page)}<main class="columns">${columns.map((column) => column.view())}</main>
      <div class="lost" role="alert" ?hidden=${!isLost}>${page.say('lost')}</div>`,
  }
})

/** A group is a tab for whoever is in it. */
async function groupsOf(all: readonly PersonInfo[]): Promise<Map<number, ChatTab[]>> {
  const found = new Map<number, ChatTab[]>()
  for (const { id } of all.slice(0, columnsAtMost)) {
    const chats = await people('listChats', { person: id })
    const tabs = chats.filter(({ kind }) => kind !== 'private').map(({ ref, title }) => ({ ref, title, symbol: '👥' }))
    found.set(id, tabs)
  }
  return found
}

function build(page: Page, person: PersonInfo): Column {
  const botTab = ({ username, name }: BotInfo): ChatTab => ({ ref: `@${username}`, title: name, symbol: '🤖' })
  const find = (ref: ChatRef) => bots.find(({ username }) => `@${username}` === ref)
  return createColumn(page, {
    role: 'customer',
    subtitle: page.say('plays-person'),
    person: person.id,
    chats: [...bots.map(botTab), ...(groups.get(person.id) ?? [])],
    nameOf: (id) => persons.find((one) => one.id === id)?.firstName ?? '',
    about: (ref) => find(ref)?.description ?? '',
    choosePerson: (choose, current) =>
      personListView(page, {
        persons,
        current,
        choose,
        onCreate: (created) => {
          persons = [...persons, created]
        },
      }),
    follow: (url, column) => follow(page, url, column),
    onMove: () => page.nudge(),
  })
}

function follow(page: Page, url: string, column: Column): void {
  const address = readAddress(url)
  const bot =
    address.kind === 'bot' && bots.find(({ username }) => username.toLowerCase() === address.username.toLowerCase())
  if (address.kind === 'bot' && bot) void column.start(`@${bot.username}`, address.payload)
  else if (address.kind === 'person') column.openAs(address.person)
  else if (address.kind === 'share') showToast(`${address.text} ${address.url}`.trim())
  else if (address.kind === 'web') window.open(url, '_blank', 'noopener')
  else showToast(`${page.say('leads-nowhere')} ${url}`)
}

function barView(page: Page): TemplateResult {
  const others = words.languages.filter((language) => language !== words.language)
  const theme = () => {
    const root = document.documentElement
    const isDark = root.dataset.theme
      ? root.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset.theme = isDark ? 'light' : 'dark'
  }
  return html`<header class="bar"><div class="brand"><b>${page.say('title')}</b></div><div class="bar-end">
    ${others.map((language) => html`<button class="round text" type="button" @click=${() => chooseLanguage(language)}>${language.toUpperCase()}</button>`)}
    <button class="round" type="button" title=${page.say('theme')} @click=${theme}>${icon('sun')}</button></div></header>`
}
