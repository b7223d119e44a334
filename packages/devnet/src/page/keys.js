import { world } from './api.js'
import { copyText, openDialog, showToast } from './dialogs.js'
import { h } from './element.js'
import { formatBytes, formatUntil, t } from './i18n.js'

const refreshMs = 1500
const sampleBytes = 5 * 1024 ** 3

/** What the panels and the WireGuard server hold, and how to log in to a panel; kept up to date while it is open. */
export function openKeys({ panels }) {
  const body = h('div.drawer-body', {})
  const { dialog } = openDialog({ title: t('keysTitle'), className: 'drawer' }, body)
  const use = async (account) => {
    await world('traffic', { account, downloadBytes: sampleBytes, uploadBytes: sampleBytes / 20 }).catch((error) =>
      showToast(error.message, dialog),
    )
    await refresh()
  }
  let print = ''
  const refresh = async () => {
    const [accounts, peers] = await Promise.all([world('accounts'), world('peers')])
    const next = JSON.stringify([accounts, peers])
    if (next === print) return
    print = next
    body.replaceChildren(...panels.map((panel) => drawPanel(panel, accounts, use, dialog)), drawPeers(peers, use))
  }
  const timer = setInterval(() => (dialog.open ? void refresh() : clearInterval(timer)), refreshMs)
  void refresh()
}

/** One panel: the way in for the admin bot's wizard, then its clients. */
function drawPanel(panel, accounts, use, place) {
  const table = drawAccounts(
    panel,
    accounts.filter((account) => account.panel === panel.role),
    use,
  )
  const copy = (key, text) =>
    h(
      'button.small.credential',
      { type: 'button', title: t('copy'), onclick: () => copyText(text, place) },
      h('small', {}, t(key)),
      h('span.mono', {}, text),
    )
  const ways = ['url', 'username', 'password', 'token'].filter((key) => panel[key])
  table.querySelector('h3').after(h('div.credentials', {}, ...ways.map((key) => copy(`panel_${key}`, panel[key]))))
  return table
}

function drawAccounts({ role }, accounts, use) {
  const row = (one) =>
    h(
      'tr',
      {},
      h('td', {}, h('b', {}, one.owner ?? t('handmade')), h('small.mono', {}, one.email), drawDuplicates(one)),
      h('td', {}, drawState(one.canConnect)),
      h('td', {}, one.expiresAt ? formatUntil(one.expiresAt) : t('never')),
      h(
        'td',
        {},
        `${formatBytes(one.uploadBytes + one.downloadBytes)} / ${one.limitBytes ? formatBytes(one.limitBytes) : t('unlimited')}`,
      ),
      h('td', {}, one.isOurs ? drawUse(() => use(one.email)) : null),
    )
  const rows = accounts.sort((a, b) => Number(b.isOurs) - Number(a.isOurs)).map(row)
  const isEmpty = !accounts.some(({ isOurs }) => isOurs)
  return drawTable(
    t(role === 'main' ? 'panelAccounts' : 'spareAccounts'),
    ['account', 'stateColumn', 'expires', 'traffic', null],
    rows,
    isEmpty ? t(role === 'main' ? 'noAccounts' : 'spareHint') : null,
  )
}

function drawPeers(peers, use) {
  const row = ({ account, owner, publicKey, address, uploadBytes, downloadBytes }) =>
    h(
      'tr',
      {},
      h('td', {}, h('b', {}, owner ?? t('handmade')), h('small.mono', {}, account ?? publicKey)),
      h('td', {}, drawState(true)),
      h('td.mono', {}, address),
      h('td', {}, formatBytes(uploadBytes + downloadBytes)),
      h('td', {}, account ? drawUse(() => use(account)) : null),
    )
  return drawTable(t('wireguardPeers'), ['account', 'stateColumn', 'address', 'traffic', null], peers.map(row), null)
}

const drawDuplicates = ({ entries }) =>
  entries > 1 ? h('small.bad', {}, t('duplicates', { count: String(entries) })) : null

const drawState = (isOpen) => h(`span.state.${isOpen ? 'good' : 'bad'}`, {}, t(isOpen ? 'enabled' : 'disabled'))

const drawUse = (use) =>
  h('button.small', { type: 'button', title: t('useTrafficTitle'), onclick: use }, t('useTraffic'))

export function drawTable(title, columns, rows, note) {
  const head = columns.map((key) => h('th', {}, key ? t(key) : ''))
  return h(
    'section.table',
    {},
    h('h3', {}, title),
    note ? h('p.hint', {}, note) : null,
    rows.length > 0
      ? h('div.table-scroll', {}, h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows)))
      : null,
  )
}
