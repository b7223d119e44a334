import { world } from './api.js'
import { createBar } from './bar.js'
import { createColumn } from './column.js'
import { h } from './element.js'
import { language, t, useTimeZone } from './i18n.js'
import { createFollow } from './links.js'
import { createLive } from './live.js'
import { loadCast } from './person-menu.js'
import { prepare } from './prepare.js'
import { createScenarios } from './scenarios.js'
import { createStore } from './store.js'

const savedTheme = localStorage.getItem('theme')
if (savedTheme) document.documentElement.dataset.theme = savedTheme

const [stage, profiles] = await Promise.all([world('stage'), world(`bots?language=${language}`).catch(() => ({}))])
const { bots, people: persons, supportGroup } = stage
useTimeZone(stage.timeZone)
const cast = () => loadCast(stage)

const store = createStore(() => update())
const live = createLive({
  store,
  persons: () => columns.flatMap((column) => column.persons()),
  onState: (state) => bar.show(state),
  onLost: (isLost) => {
    lost.hidden = !isLost
  },
})

const common = {
  store,
  live,
  stage,
  cast,
  profile: (ref) => profiles[ref] ?? '',
  now: () => bar.now(),
  onSeat: () => look(),
}
const build = (role, person, chats) => {
  const follow = createFollow({ stage, cast, column: () => column, customer: () => customer })
  const column = createColumn({ ...common, role, person, chats, follow })
  return column
}
const botTab = (bot, title, symbol) => ({ ref: `@${bot.username}`, title, symbol })
const columns = [
  build('customer', persons.customer.id, [
    botTab(bots.client, t('clientBotTab'), '🛡️'),
    botTab(bots.support, t('supportBotTab'), '💬'),
  ]),
  build('agent', persons.agent.id, [{ ref: supportGroup, title: t('topics'), symbol: '🎧' }]),
  build('admin', persons.owner.id, [botTab(bots.admin, bots.admin.name, '📊')]),
]
const [customer] = columns
const bar = createBar({
  stage,
  follow: createFollow({ stage, cast, column: () => customer, customer: () => customer }),
})
const scenarios = createScenarios({ pointAt })
const lost = h('div.lost', { hidden: true, role: 'alert' }, t('lost'))
const main = h('main.columns', { data: { shown: 'customer' } }, ...columns.map(({ element }) => element))
const switcher = h('nav.switcher', {})
document.body.append(bar.element, scenarios.element, main, switcher, lost)

/** On a narrow screen one column is seen at a time. */
const isNarrow = matchMedia('(max-width: 960px)')
isNarrow.onchange = () => update()

function look() {
  const seen = columns.filter(({ role }) => !isNarrow.matches || main.dataset.shown === role)
  store.look(seen.flatMap((column) => column.place() ?? []))
}

function update() {
  if (columns.length < 3 || !main.isConnected) return
  look()
  for (const column of columns) column.update()
  drawSwitcher()
}

const symbols = { customer: '🙂', agent: '🎧', admin: '📊' }

function drawSwitcher() {
  const print = JSON.stringify([main.dataset.shown, columns.map((column) => column.unread())])
  if (switcher.print === print) return
  switcher.print = print
  const draw = (column) => {
    const count = column.unread()
    const isShown = main.dataset.shown === column.role
    return h(
      `button${isShown ? '.open' : ''}`,
      { type: 'button', onclick: () => reveal(column.role) },
      h('span', {}, symbols[column.role]),
      t(column.role),
      count > 0 ? h('span.badge', {}, String(count)) : null,
    )
  }
  switcher.replaceChildren(...columns.map(draw))
}

function reveal(role) {
  main.dataset.shown = role
  update()
}

function pointAt(where) {
  if (where === 'world') {
    bar.element.classList.add('unfolded', 'pointed')
    setTimeout(() => bar.element.classList.remove('pointed'), 1600)
    return
  }
  reveal(where)
  columns.find(({ role }) => role === where)?.flash()
}

update()
live.start()
await prepare(stage)
live.nudge()
