import {
  type Column,
  createColumn,
  loadWords,
  type Page,
  people,
  personListView,
  showToast,
  startPage,
} from '@vpn-kiosk/telegram-simulator/page'
import { html } from 'lit-html'
import { createBar } from './bar.ts'
import { createFollow } from './follow.ts'
import { prepare } from './prepare.ts'
import { createScenarios, type ScenarioPlace } from './scenarios.ts'
import { createSwitcher } from './switcher.ts'
import { changeWorld, readWorld, type State } from './world-client.ts'

const stateEveryMs = 1500
const savedTheme = localStorage.getItem('theme')
if (savedTheme) document.documentElement.dataset.theme = savedTheme

const stage = await readWorld('stage')
const words = await loadWords(stage.languages, ['/chat/locales/*/page.ftl', '/page/locales/*/page.ftl'])
const bots = await people('listBots', { languageCode: words.language })
let persons = await people('listPersons', {})
await prepare(words.language, stage)
let state: State | null = null
let readAt = 0

const now = (): number => (state ? Date.parse(state.now) + performance.now() - readAt : Date.now())

startPage({ words, timeZone: stage.timeZone, now }, (page) => {
  const columns = columnsOf(page)
  const [customer] = columns
  const switcher = createSwitcher(page, columns)
  const pointAt = (where: ScenarioPlace): void => {
    if (where === 'world') bar.point()
    else switcher.reveal(where)
    columns.find(({ role }) => role === where)?.flash()
  }
  const change = (verb: string, body: object): Promise<void> =>
    changeWorld(verb, body).then(keepState, (error: Error) => showToast(error.message))
  const keepState = (next: State): void => {
    state = next
    readAt = performance.now()
    page.redraw()
  }
  const refresh = (): Promise<void> => readWorld('state').then(keepState, () => {})
  setInterval(refresh, stateEveryMs)
  void refresh()
  const follow = followIn(page, () => customer)
  const bar = createBar(page, {
    stage,
    languages: words.languages,
    state: () => state,
    change,
    follow: (url) => follow(url, customer),
  })
  const scenarios = createScenarios(page, pointAt)
  return {
    persons: () => columns.flatMap((column) => column.persons()),
    places: () => switcher.seen().flatMap((column) => column.place() ?? []),
    view: (isLost) => html`${bar.view()}${scenarios()}
      <main class="columns" data-shown=${switcher.shown()}>${columns.map((column) => column.view())}</main>
      ${switcher.view()}<div class="lost" role="alert" ?hidden=${!isLost}>${page.say('lost')}</div>`,
  }
})

function columnsOf(page: Page): [Column, Column, Column] {
  const { say } = page
  const { customer, agent, owner } = stage.people
  const { client, support, admin } = stage.bots
  const columns: Column[] = []
  const follow = followIn(page, () => columns[0] as Column)
  const add = (role: string, person: number, chats: Parameters<typeof createColumn>[1]['chats']): Column => {
    const column = createColumn(page, {
      role,
      person,
      chats,
      follow,
      subtitle: `${say(role)} — ${say(`${role}-hint`)}`,
      nameOf: (id) => persons.find((one) => one.id === id)?.firstName ?? '',
      about: (ref) => bots.find(({ username }) => `@${username}` === ref)?.description ?? '',
      onMove: page.nudge,
      ...(role === 'customer' ? { choosePerson: (choose, current) => choosePerson(page, choose, current) } : {}),
    })
    columns.push(column)
    return column
  }
  return [
    add('customer', customer.id, [
      { ref: `@${client.username}`, title: say('client-bot-tab'), symbol: '🛡️' },
      { ref: `@${support.username}`, title: say('support-bot-tab'), symbol: '💬' },
    ]),
    add('agent', agent.id, [{ ref: stage.supportGroup, title: say('topics'), symbol: '🎧' }]),
    add('admin', owner.id, [{ ref: `@${admin.username}`, title: admin.name, symbol: '📊' }]),
  ]
}

function followIn(page: Page, customer: () => Column) {
  return createFollow(page, { stage, customer, choosePerson: (choose) => choosePerson(page, choose) })
}

/** Everybody who may be a customer: the cast, who was added here, and who comes from the seeded history. */
function choosePerson(page: Page, choose: (person: number) => void, current?: number) {
  const staff: readonly number[] = [stage.people.owner.id, stage.people.agent.id]
  const isSeeded = ({ id }: { id: number }) => id >= 9000 && id < 10_000
  const customers = persons.filter(({ id }) => !staff.includes(id))
  return personListView(page, {
    persons: customers.filter((person) => !isSeeded(person)),
    more: { title: page.say('seeded'), persons: customers.filter(isSeeded) },
    choose,
    ...(current === undefined ? {} : { current }),
    onCreate: (person) => {
      persons = [...persons, person]
    },
  })
}
