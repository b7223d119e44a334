import { copyText, type Page, showToast } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'
import { type Drawer, openDrawer } from './drawer.ts'
import { type Account, changeWorld, type Peer, readWorld, type Stage } from './world-client.ts'

const sampleBytes = 5 * 1024 ** 3

/** What the panels and the WireGuard server hold, and how to log in to a panel. */
export function openKeys(page: Page, { panels }: Stage): void {
  openDrawer(page, page.say('keys-title'), async (drawer) => {
    const [accounts, peers] = await Promise.all([readWorld('accounts'), readWorld('peers')])
    const use = (account: string) => void useTraffic(account, drawer)
    const tables = panels.map((panel) => panelView(page, panel, accounts, { use, place: drawer.element }))
    return html`${tables}${peersView(page, peers, use)}`
  })
}

async function useTraffic(account: string, { element, refresh }: Drawer): Promise<void> {
  const request = { account, downloadBytes: sampleBytes, uploadBytes: sampleBytes / 20 }
  await changeWorld('traffic', request).catch((error: Error) => showToast(error.message, element))
  await refresh()
}

interface PanelDeeds {
  use(account: string): void
  readonly place: Element
}

/** One panel: the way in for the admin bot's wizard, then its clients. */
function panelView(
  page: Page,
  panel: Stage['panels'][number],
  accounts: readonly Account[],
  { use, place }: PanelDeeds,
) {
  const { say } = page
  const isMain = panel.role === 'main'
  const own = accounts.filter((account) => account.panel === panel.role)
  const rows = own.toSorted((a, b) => Number(b.isOurs) - Number(a.isOurs)).map((one) => accountView(page, one, use))
  const isEmpty = !own.some(({ isOurs }) => isOurs)
  const credentials = (['url', 'username', 'password', 'token'] as const).flatMap((key) => {
    const text = panel[key]
    if (!text) return []
    return html`<button class="small credential" type="button" title=${say('copy')} @click=${() => copyText(page, text, place)}>
      <small>${say(`panel-${key}`)}</small><span class="mono">${text}</span></button>`
  })
  return tableView(page, {
    title: say(isMain ? 'panel-accounts' : 'spare-accounts'),
    head: html`<div class="credentials">${credentials}</div>`,
    note: isEmpty ? say(isMain ? 'no-accounts' : 'spare-hint') : null,
    columns: ['account', 'state-column', 'expires', 'traffic'],
    rows,
  })
}

function accountView({ say, formats }: Page, one: Account, use: (account: string) => void): TemplateResult {
  const limit = one.limitBytes ? formats.bytes(one.limitBytes) : say('unlimited')
  const duplicates = html`<small class="bad">${say('duplicates', { count: one.entries })}</small>`
  return html`<tr><td><b>${one.owner ?? say('handmade')}</b><small class="mono">${one.email}</small>${one.entries > 1 ? duplicates : null}</td>
    <td><span class="state ${one.canConnect ? 'good' : 'bad'}">${say(one.canConnect ? 'enabled' : 'disabled')}</span></td>
    <td>${one.expiresAt ? formats.until(one.expiresAt) : say('never')}</td>
    <td>${formats.bytes(one.uploadBytes + one.downloadBytes)} / ${limit}</td>
    <td>${one.isOurs ? useView(say, () => use(one.email)) : null}</td></tr>`
}

function peersView(page: Page, peers: readonly Peer[], use: (account: string) => void): TemplateResult {
  const { say, formats } = page
  const row = ({ account, owner, publicKey, address, uploadBytes, downloadBytes }: Peer) =>
    html`<tr><td><b>${owner ?? say('handmade')}</b><small class="mono">${account ?? publicKey}</small></td>
      <td><span class="state good">${say('enabled')}</span></td><td class="mono">${address}</td>
      <td>${formats.bytes(uploadBytes + downloadBytes)}</td><td>${account ? useView(say, () => use(account)) : null}</td></tr>`
  const columns = ['account', 'state-column', 'address', 'traffic']
  return tableView(page, { title: say('wireguard-peers'), head: null, note: null, columns, rows: peers.map(row) })
}

const useView = (say: Page['say'], use: () => void): TemplateResult =>
  html`<button class="small" type="button" title=${say('use-traffic-title')} @click=${use}>${say('use-traffic')}</button>`

interface Table {
  readonly title: string
  readonly head: TemplateResult | null
  readonly note: string | null
  /** Keys of the locales; a last column without a name is for deeds. */
  readonly columns: readonly string[]
  readonly rows: readonly TemplateResult[]
}

function tableView({ say }: Page, { title, head, note, columns, rows }: Table): TemplateResult {
  const names = html`<thead><tr>${columns.map((key) => html`<th>${say(key)}</th>`)}<th></th></tr></thead>`
  const table = html`<div class="table-scroll"><table>${names}<tbody>${rows}</tbody></table></div>`
  return html`<section class="table"><h3>${title}</h3>${head}${note ? html`<p class="hint">${note}</p>` : null}
    ${rows.length > 0 ? table : null}</section>`
}
