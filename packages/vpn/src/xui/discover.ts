import { connect } from 'node:net'
import type { EndpointDiscovery, EndpointProblem } from '@vpn-kiosk/domain'
import { bareHost, isDialable } from '../dialable-host.ts'
import { inboundLinks } from './inbound-links.ts'
import { withManagedHosts } from './managed-hosts.ts'
import { readPanelFacts } from './panel-facts.ts'
import { createPanelSession } from './panel-session.ts'
import { inboundName, serveInbounds } from './served-inbounds.ts'
import type { XuiConfig, XuiSettings } from './settings.ts'
import { inboundListSchema, readAs, type WireInbound } from './wire.ts'

/** A look at a panel of thousands of inbounds ends somewhere. */
const mostInbounds = 50

/**
 * Logs in, and says what the panel is, which of its inbounds can be sold and which of them answer from here. Nothing
 * is changed.
 */
export async function discoverXui(config: XuiConfig): Promise<EndpointDiscovery> {
  const session = createPanelSession(config)
  const { settings } = config
  try {
    const { generation, status, version, hasManagedHosts } = await readPanelFacts(session, settings)
    const list = await session.call({ method: 'GET', path: 'panel/api/inbounds/list', isList: true })
    const found = readAs(inboundListSchema, list, 'list of inbounds')
    const sellable = found.filter(({ protocol }) => protocol === 'vless').slice(0, mostInbounds)
    const inbounds = hasManagedHosts
      ? await Promise.all(sellable.map((inbound) => withManagedHosts(session, inbound)))
      : sellable
    const facts: Record<string, string> = {
      panel: version,
      api: generation,
      xray: `${status.xray.state} ${status.xray.version}`.trim(),
      inbounds: inbounds.map(describe).join(', '),
    }
    const reach = await lookAtPlaces(inbounds, settings, session.panelTime() ?? new Date(0))
    if (reach.answering.length > 0) facts.reachable = reach.answering.join(', ')
    const choices = inbounds.map((inbound) => ({
      setting: 'inboundIds',
      value: String(inbound.id),
      label: describe(inbound),
    }))
    return { facts, choices, questions: questionsFor(settings), problems: reach.problems, found: {} }
  } finally {
    session.close()
  }
}

/** The panel knows its own host; only the admin knows the one that customers dial. */
function questionsFor({ url, publicHost, allowPrivateHost }: XuiSettings): EndpointDiscovery['questions'] {
  if (publicHost !== undefined) return []
  const host = bareHost(new URL(url).hostname)
  return [{ setting: 'publicHost', suggestion: allowPrivateHost === true || isDialable(host) ? host : null }]
}

/** Connects to where each inbound's links lead, as an app would; UDP says nothing to a stranger, so it is not asked. */
async function lookAtPlaces(inbounds: readonly WireInbound[], settings: XuiSettings, now: Date) {
  const answering: string[] = []
  const all = { ...settings, inboundIds: inbounds.map(({ id }) => id) }
  const { working, problems } = serveInbounds(inbounds, all, now)
  const silent: EndpointProblem[] = []
  const places = working.flatMap((inbound) =>
    isUdp(inbound) ? [] : inboundLinks(inbound, settings).map(({ host, port }) => ({ inbound, host, port })),
  )
  await Promise.all(
    places.map(async ({ inbound, host, port }) => {
      const place = `${host.includes(':') ? `[${host}]` : host}:${port}`
      if (await answers(host, port)) answering.push(place)
      else silent.push({ code: 'inbound_not_dialable', detail: `${inboundName(inbound)} → ${place}` })
    }),
  )
  return { answering: [...new Set(answering)].sort(), problems: [...problems, ...silent] }
}

const isUdp = ({ streamSettings }: WireInbound): boolean => /^m?kcp$/.test(streamSettings.network)

const dialMs = 3_000

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (isThere: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(isThere)
    }
    const timer = setTimeout(end, dialMs, false)
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}

/** `vless-reality :443 tcp/reality`, with a note when it is switched off. */
function describe(inbound: WireInbound): string {
  const { network, security } = inbound.streamSettings
  const name = `${inboundName(inbound)} ${network}/${security}`
  return inbound.enable ? name : `${name} (off)`
}
