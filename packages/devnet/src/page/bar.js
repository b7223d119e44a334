import { people, world } from './api.js'
import { closeMenus, openMenu, showToast } from './dialogs.js'
import { h, icon } from './element.js'
import { formatTime, formatWeekday, formatZone, switchLanguage, t } from './i18n.js'
import { openInvoices } from './invoices.js'
import { openKeys } from './keys.js'

const hourMs = 3_600_000
const leaps = [
  ['plusHour', hourMs],
  ['plusDay', 24 * hourMs],
  ['plusMonth', 30 * 24 * hourMs],
]

/** The bar that moves the world around the business: its clock, what is broken, and what the servers hold. */
export function createBar({ stage, follow }) {
  let state = null
  let readAt = 0
  const now = () => (state ? new Date(state.now).getTime() + performance.now() - readAt : Date.now())

  const change = async (verb, body) => {
    try {
      show(await world(verb, body))
    } catch (error) {
      showToast(error.message)
    }
  }
  const time = h('b', {})
  const zone = h('small.clock-zone', {})
  const day = h('small', {})
  const buttons = leaps.map(([key, ms]) => {
    const button = h('button.leap', { type: 'button' }, t(key))
    button.onclick = async () => {
      element.classList.add('moving')
      showToast(t('moving'))
      await change('advance', { ms })
      element.classList.remove('moving')
    }
    return button
  })
  const clock = h(
    'div.clock',
    { title: t('clock') },
    h('div.clock-face', {}, h('span', {}, time, ' ', zone), day),
    ...buttons,
  )

  const panel = createSwitch(t('panel'), [t('works'), t('down')], (isUp) => change('panel', { isUp }))
  const webhooks = createSwitch(t('webhooks'), [t('arrive'), t('getLost')], (isOn) => change('webhooks', { isOn }))
  const keysCount = h('span.count', {})
  const invoicesCount = h('span.count', {})
  const keys = h('button.chip', { type: 'button', onclick: () => openKeys(stage) }, '🔑 ', t('keys'), keysCount)
  const invoices = h(
    'button.chip',
    { type: 'button', onclick: () => openInvoices(follow) },
    '🧾 ',
    t('invoices'),
    invoicesCount,
  )
  const trouble = h('button.chip', { type: 'button', title: t('troubleHint') }, '🧨 ', t('trouble'))
  trouble.onclick = () => openMenu(trouble, [drawTrouble(state, change)], 'stays')
  const language = h(
    'button.round.text',
    { type: 'button', title: t('otherLanguageTitle'), onclick: switchLanguage },
    t('otherLanguage'),
  )
  const theme = h('button.round', { type: 'button', title: t('theme'), onclick: switchTheme }, icon('sun'))
  const more = h('button.round.more', { type: 'button', title: t('world') }, icon('menu'))

  const tools = h('div.bar-tools', {}, panel.element, webhooks.element, keys, invoices, h('div.anchor', {}, trouble))
  const element = h(
    'header.bar',
    {},
    h(
      'div.brand',
      {},
      h('img', { src: '/page/icon.svg', alt: '' }),
      h('b', {}, 'VPN Kiosk'),
      h('span.tag', {}, t('demo')),
    ),
    clock,
    tools,
    h('div.bar-end', {}, language, theme, more),
  )
  more.onclick = () => element.classList.toggle('unfolded')

  const tell = () => {
    time.textContent = formatTime(now())
    day.textContent = formatWeekday(now())
    zone.textContent = formatZone(now())
  }
  function show(next) {
    state = next
    readAt = performance.now()
    panel.show(next.panel)
    webhooks.show(Object.values(next.providers).every((provider) => provider.webhooks))
    keysCount.textContent = next.counts.accounts + next.counts.peers || ''
    invoicesCount.textContent = next.counts.openInvoices || ''
    tell()
  }
  setInterval(tell, 1000)
  return { element, show, now }
}

/** A switch with its name and, in words, what it stands at. `act` is told where it goes. */
function createSwitch(label, [onText, offText], act) {
  const value = h('span.switch-value', {})
  const element = h('button.switch', { type: 'button', role: 'switch' }, h('i', {}), h('span', {}, label), value)
  let isOn = true
  element.onclick = () => act(!isOn)
  const show = (next) => {
    isOn = next
    element.ariaChecked = String(next)
    value.textContent = next ? onText : offText
  }
  show(true)
  return { element, show }
}

function drawTrouble(state, change) {
  const place = h('div.trouble', {}, h('p.hint', {}, t('troubleHint')))
  const add = (label, isOn, act) => {
    const one = createSwitch(label, [t('works'), t('down')], async (next) => {
      one.show(next)
      await act(next)
    })
    one.show(isOn)
    place.append(one.element)
  }
  add(t('panel'), state.panel, (isUp) => change('panel', { isUp }))
  add(t('wireguard'), state.wireguard, (isUp) => change('wireguard', { isUp }))
  for (const [provider, { api }] of Object.entries(state.providers)) {
    const label = t('providerApi', { name: t('providerNames')[provider] })
    add(label, api, (isUp) => change('provider', { provider, isUp }))
  }
  const flood = h(
    'button.menu-item',
    { type: 'button' },
    h('span.menu-symbol', {}, '🌊'),
    h('span', {}, t('flood'), h('small', {}, t('floodHint'))),
  )
  flood.onclick = async () => {
    await people('add-fault', { effect: { kind: 'flood', retryAfter: 2 }, method: 'sendMessage', count: 3 })
    closeMenus()
    showToast(t('floodOn'))
  }
  place.append(flood)
  return place
}

function switchTheme() {
  const root = document.documentElement
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = isDark ? 'light' : 'dark'
  localStorage.setItem('theme', root.dataset.theme)
}
