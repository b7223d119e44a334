import type { EndpointDiscovery } from '@vpn-kiosk/domain'
import type { XuiConfig } from './config.ts'
import { readPanelFacts } from './panel-facts.ts'
import { createPanelSession } from './panel-session.ts'
import { inboundListSchema, readAs, type WireInbound } from './wire.ts'

/** Logs in, and says what the panel is and which of its inbounds can be sold. Nothing is changed. */
export async function discoverPanel(config: XuiConfig): Promise<EndpointDiscovery> {
  const session = createPanelSession(config)
  const { generation, status, version } = await readPanelFacts(session, config.settings)
  const list = await session.call({ method: 'GET', path: 'panel/api/inbounds/list' })
  const inbounds = readAs(inboundListSchema, list, 'list of inbounds').filter((inbound) => inbound.protocol === 'vless')
  const facts: Record<string, string> = {
    panel: version,
    api: generation,
    xray: `${status.xray.state} ${status.xray.version}`.trim(),
    inbounds: inbounds.map(describe).join(', '),
  }
  const choices = inbounds.map((inbound) => ({
    setting: 'inboundIds',
    value: String(inbound.id),
    label: describe(inbound),
  }))
  return { facts, choices, questions: [], problems: [], found: {} }
}

/** `vless-reality :443 tcp/reality`, with a note when it is switched off. */
function describe(inbound: WireInbound): string {
  const { network, security } = inbound.streamSettings
  const name = `${inbound.remark || `inbound ${inbound.id}`} :${inbound.port} ${network}/${security}`
  return inbound.enable ? name : `${name} (off)`
}
