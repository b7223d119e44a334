import type { Money } from '@vpn-kiosk/domain'
import type { Dashboard, ServerLine } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openServers } from '../servers/callbacks.ts'
import { serverIcon } from '../servers/views.ts'
import { openDashboard } from './callbacks.ts'

const shownServers = 10

export function dashboardView(t: Translator, { at, ...shop }: Dashboard): View {
  const earned = (amounts: readonly Money[]) => amounts.map((amount) => t.money(amount)).join(' + ') || '—'
  const text = [
    t('dashboard-title', { at: t.dateTime(at) }),
    [t('dashboard-customers', shop.customers), t('dashboard-subscriptions', shop.subscriptions)].join('\n'),
    t('dashboard-revenue', {
      today: earned(shop.revenue.today),
      week: earned(shop.revenue.week),
      month: earned(shop.revenue.month),
      payments: shop.payments.today,
    }),
    [
      serversBlock(t, shop.servers),
      ...(shop.servers.length > 0 ? [t('dashboard-room', { people: shop.room.people })] : []),
    ].join('\n'),
    ...undeliveredLine(t, shop.undelivered),
    t('dashboard-waiting', { accesses: shop.waitingAccesses, notices: shop.heldNotices, tickets: shop.openTickets }),
  ]
  return {
    text: text.join('\n\n'),
    keyboard: [
      [openDashboard.button(t.plain('refresh'), {}), openServers.button(t.plain('menu-servers'), {})],
      menuRow(t),
    ],
  }
}

function undeliveredLine(t: Translator, { paid, oldestPaidAt }: Dashboard['undelivered']): string[] {
  return oldestPaidAt ? [t('dashboard-undelivered', { count: paid, since: t.dateTime(oldestPaidAt) })] : []
}

function serversBlock(t: Translator, servers: readonly ServerLine[]): string {
  if (servers.length === 0) return t('dashboard-no-servers')
  const lines = servers.slice(0, shownServers).map((server) =>
    t('dashboard-server', {
      icon: serverIcon(server),
      name: server.name,
      accesses: String(server.accesses),
      capacity: String(server.capacity),
    }),
  )
  const hidden = servers.length - lines.length
  return [
    t('dashboard-servers'),
    ...lines,
    ...(hidden > 0 ? [t('dashboard-more-servers', { count: hidden })] : []),
  ].join('\n')
}
