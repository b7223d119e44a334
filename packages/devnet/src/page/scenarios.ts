import { createMenu, type Page } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'

/** Things to try, in their order; their words are `scenario-<n>-…` in the locales, three steps each. */
const scenarios = [
  { symbol: '🛒', where: 'customer' },
  { symbol: '🧯', where: 'world' },
  { symbol: '📭', where: 'world' },
  { symbol: '🎁', where: 'customer' },
  { symbol: '💬', where: 'agent' },
  { symbol: '📣', where: 'admin' },
  { symbol: '⏳', where: 'world' },
  { symbol: '👥', where: 'customer' },
  { symbol: '🖥', where: 'admin' },
] as const

export type ScenarioPlace = (typeof scenarios)[number]['where']

/** The strip of things to try; what was done keeps its tick. */
export function createScenarios(page: Page, pointAt: (where: ScenarioPlace) => void): () => TemplateResult {
  const { say, redraw } = page
  const done = new Set<number>(JSON.parse(sessionStorage.getItem('done') ?? '[]'))
  const menus = scenarios.map(() => createMenu(redraw, { look: 'scenario-menu' }))
  const finish = (number: number): void => {
    if (!done.delete(number)) done.add(number)
    sessionStorage.setItem('done', JSON.stringify([...done]))
    redraw()
  }
  const card = (number: number, { symbol, where }: (typeof scenarios)[number]) =>
    html`<div class="scenario-card"><b>${symbol} ${say(`scenario-${number}-title`)}</b>
      <ol>${[1, 2, 3].map((step) => html`<li>${say(`scenario-${number}-step-${step}`)}</li>`)}</ol>
      <div class="scenario-deeds"><button class="small primary" type="button" @click=${() => pointAt(where)}>${say('go-there')}</button>
        <button class="small" type="button" @click=${() => finish(number)}>✓ ${say('done')}</button></div></div>`
  const chip = (scenario: (typeof scenarios)[number], index: number) => {
    const menu = menus[index]
    const number = index + 1
    const button = html`<button class="scenario ${done.has(number) ? 'done' : ''}" type="button" @click=${menu?.toggle}>
      <span class="scenario-icon">${scenario.symbol}</span>
      <span class="scenario-text"><b>${number}. ${say(`scenario-${number}-title`)}</b><small>${say(`scenario-${number}-hint`)}</small></span></button>`
    return menu?.view(button, () => card(number, scenario))
  }
  return () => html`<nav class="scenarios" aria-label=${say('try-this')}><b class="scenarios-title">${say('try-this')}</b>
    <div class="scenario-row">${scenarios.map(chip)}</div></nav>`
}
