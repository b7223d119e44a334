import { canMove, cityIn, flagOf, isPermitted, type StaffRole, serverTransitions } from '@vpn-kiosk/domain'
import type { EndpointLine, ServerLine } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { startWizard } from '../add-server/callbacks.ts'
import { editServer } from '../edit-server/callbacks.ts'
import { menuRow } from '../menu/callbacks.ts'
import { askDisable, changeServer, openServer, openServers } from './callbacks.ts'
import { healthText } from './problems.ts'

const healthIcons = { up: '🟢', unknown: '⚪️', degraded: '🟠', down: '🔴' } as const

/** One sign for both what an admin wants of a server and how it is. */
export function serverIcon({ state, health }: Pick<ServerLine, 'state' | 'health'>): string {
  if (state === 'disabled') return '⛔️'
  if (state === 'draining') return health === 'down' ? '🔴' : '🚧'
  return state === 'down' ? '🔴' : healthIcons[health]
}

/** 33 of 2,000: the same words on a button, in the dashboard and on the card. */
export const placesOf = (t: Translator, { accesses, capacity }: Pick<ServerLine, 'accesses' | 'capacity'>): string =>
  t.plain('server-places', { accesses, capacity })

export function serversView(t: Translator, servers: readonly ServerLine[], role: StaffRole): View {
  const rows = servers.map((server) => [
    openServer.button(
      bounded(`${serverIcon(server)} ${flagOf(server.country)} ${server.name} · ${placesOf(t, server)}`, 60),
      { server: server.id },
    ),
  ])
  const adding = [startWizard.button(t.plain('server-add'), {})]
  return {
    text: servers.length === 0 ? t('servers-none') : t('servers-title', { count: servers.length }),
    keyboard: [...rows, ...(isPermitted(role, 'change_servers') ? [adding] : []), menuRow(t)],
  }
}

export interface ServerOptions {
  readonly role: StaffRole
  /** What has just happened; HTML. */
  readonly note: string | null
}

export function serverView(t: Translator, server: ServerLine, { role, note }: ServerOptions): View {
  const head = [
    t('server-title', { icon: serverIcon(server), name: server.name }),
    t('server-place', { flag: flagOf(server.country), city: cityIn(server, t.language), host: server.host }),
    t('server-state', {
      state: server.state === 'active' && server.accesses >= server.capacity ? 'full' : server.state,
    }),
    t('server-load', { places: placesOf(t, server) }),
    ...(server.behind > 0 ? [t('server-behind', { count: server.behind })] : []),
  ]
  const blocks = [note ?? '', head.join('\n'), ...server.endpoints.map((endpoint) => endpointBlock(t, endpoint))]
  return {
    text: blocks.filter(Boolean).join('\n\n'),
    keyboard: [
      ...(isPermitted(role, 'change_servers')
        ? [[editServer.button(t.plain('server-edit-open'), { server: server.id })], ...stateRows(t, server)]
        : []),
      [openServer.button(t.plain('refresh'), { server: server.id })],
      [openServers.button(t.plain('back'), {}), ...menuRow(t)],
    ],
  }
}

function endpointBlock(t: Translator, endpoint: EndpointLine): string {
  const percent = (value: number | null) => (value === null ? '—' : `${value}%`)
  return [
    t('endpoint-title', {
      icon: healthIcons[endpoint.health],
      driver: t.has(`driver-${endpoint.driver}`) ? t.plain(`driver-${endpoint.driver}`) : endpoint.driver,
      protocol: t.plain(`protocol-${endpoint.protocol}`),
      version: endpoint.version ? ` ${endpoint.version}` : '',
    }),
    t('endpoint-figures', {
      online: endpoint.online === null ? '—' : String(endpoint.online),
      cpu: percent(endpoint.cpuPercent),
      memory: percent(endpoint.memoryPercent),
    }),
    ...(endpoint.probedAt ? [t('endpoint-probed', { at: t.dateTime(endpoint.probedAt) })] : []),
    healthText(t, { problems: endpoint.problems, reason: endpoint.healthReason }),
  ]
    .filter(Boolean)
    .join('\n')
}

function stateRows(t: Translator, { id: server, state }: ServerLine): Keyboard {
  const rows: Keyboard = []
  const to = (next: 'active' | 'draining', label: string) => {
    if (canMove(serverTransitions, state, next))
      rows.push([changeServer.button(t.plain(label), { server, state: next })])
  }
  to('active', state === 'disabled' ? 'server-enable' : 'server-open')
  to('draining', 'server-drain')
  if (canMove(serverTransitions, state, 'disabled'))
    rows.push([askDisable.button(t.plain('server-disable'), { server })])
  return rows
}

export const disablingView = (t: Translator, server: ServerLine): View => ({
  text: t('server-disable-confirm', { name: server.name, count: server.accesses }),
  keyboard: [
    [changeServer.button(t.plain('server-disable-yes'), { server: server.id, state: 'disabled' }, 'danger')],
    [openServer.button(t.plain('back'), { server: server.id })],
  ],
})
