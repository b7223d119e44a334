import { menuItem, type Page, showToast } from '@vpn-kiosk/telegram-simulator/page'
import { html, type TemplateResult } from 'lit-html'
import { switchView } from './switch.ts'
import type { State } from './world-client.ts'

/** All that can be broken at once. */
export function troubleView(
  page: Page,
  state: State | null,
  change: (verb: string, body: object) => Promise<void>,
  close: () => void,
): TemplateResult {
  const { say, people } = page
  const words = [say('works'), say('down')] as const
  const flood = async (): Promise<void> => {
    await people('addFault', { effect: { kind: 'flood', retryAfter: 2 }, method: 'sendMessage', count: 3 })
    close()
    showToast(say('flood-on'))
  }
  const providers = Object.entries(state?.providers ?? {}).map(([provider, { api }]) => {
    const label = say('provider-api', { name: say(`provider-${provider}`) })
    return switchView(label, api, words, (isUp) => void change('provider', { provider, isUp }))
  })
  const floodWords = html`${say('flood')}<small>${say('flood-hint')}</small>`
  return html`<div class="trouble"><p class="hint">${say('trouble-hint')}</p>
    ${switchView(say('panel'), state?.panel ?? true, words, (isUp) => void change('panel', { isUp }))}
    ${switchView(say('wireguard'), state?.wireguard ?? true, words, (isUp) => void change('wireguard', { isUp }))}
    ${providers}${menuItem('🌊', floodWords, () => void flood())}</div>`
}
