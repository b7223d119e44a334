import { isPermitted, type Money, type StaffRole } from '@vpn-kiosk/domain'
import type { Dashboard, ProcessLine, ServerLine } from '@vpn-kiosk/shop'
import { bounded, type Keyboard, type Translator, type View } from '@vpn-kiosk/telegram'
import { menuRow } from '../menu/callbacks.ts'
import { openUndecided } from '../payments/callbacks.ts'
import { openReport } from '../report/callbacks.ts'
import { openServers } from '../servers/callbacks.ts'
import { placesOf, serverIcon } from '../servers/views.ts'
import { openStaff } from '../staff/callbacks.ts'
import { openDashboard } from './callbacks.ts'

const shownServers = 10
const shownCauses = 5

export interface Around {
  readonly role: StaffRole
  /** Processes that do not run and should. */
  readonly down: readonly ProcessLine[]
  /** How many of the staff hear nothing. */
  readonly unreachable: number
}

export function dashboardView(t: Translator, { at, ...shop }: Dashboard, around: Around): View {
  const earned = (amounts: readonly Money[]) => amounts.map((amount) => t.money(amount)).join(' + ') || '—'
  const text = [
    t('dashboard-title', { at: t.dateTime(at) }),
    attentionBlock(t, shop, around),
    [t('dashboard-customers', shop.customers), t('dashboard-subscriptions', shop.subscriptions)].join('\n'),
    t('dashboard-sales', {
      today: earned(shop.sales.today),
      week: earned(shop.sales.week),
      month: earned(shop.sales.month),
      payments: shop.payments.today,
    }),
    [
      serversBlock(t, shop.servers),
      ...(shop.room.kind === 'open' ? [t('dashboard-room', { people: shop.room.people })] : []),
    ].join('\n'),
    ...(shop.waitingAccesses > 0 ? [t('dashboard-waiting', { accesses: shop.waitingAccesses })] : []),
  ]
  return {
    text: text.join('\n\n'),
    keyboard: [
      ...attentionRows(t, shop, around),
      ...(isPermitted(around.role, 'see_payments')
        ? [[openReport.button(t.plain('report-open'), { month: null })]]
        : []),
      [openDashboard.button(t.plain('refresh'), {}), openServers.button(t.plain('menu-servers'), {})],
      menuRow(t),
    ],
  }
}

/** What somebody has to do something about, the worst first; one calm line when there is nothing. */
function attentionBlock(t: Translator, shop: Omit<Dashboard, 'at'>, { down, unreachable }: Around): string {
  const { paid, oldestPaidAt, causes } = shop.undelivered
  const lines = [
    ...(oldestPaidAt
      ? [t('dashboard-undelivered', { count: paid, since: t.dateTime(oldestPaidAt) }), ...causeLines(t, causes)]
      : []),
    ...down.map(({ process, seenAt }) =>
      t('dashboard-process-down', { process, seen: seenAt ? t.dateTime(seenAt) : '—' }),
    ),
    ...(shop.room.kind === 'open' ? [] : [t(`dashboard-room-${shop.room.kind}`)]),
    ...(unreachable > 0 ? [t('dashboard-unreachable', { count: unreachable })] : []),
    ...(shop.undecidedPayments > 0 ? [t('dashboard-undecided', { count: shop.undecidedPayments })] : []),
    ...(shop.openTickets > 0 ? [t('dashboard-tickets', { count: shop.openTickets })] : []),
  ]
  return lines.length > 0 ? lines.join('\n') : t('dashboard-calm')
}

const causeLines = (t: Translator, causes: Dashboard['undelivered']['causes']): string[] =>
  causes
    .slice(0, shownCauses)
    .map(({ serverName, count }) =>
      serverName === null
        ? t('dashboard-cause-room', { count })
        : t('dashboard-cause-server', { count, server: bounded(serverName, 40) }),
    )

function attentionRows(t: Translator, shop: Omit<Dashboard, 'at'>, { role, unreachable }: Around): Keyboard {
  const hasUndecided = shop.undecidedPayments > 0 && isPermitted(role, 'see_payments')
  const hasUnreachable = unreachable > 0 && isPermitted(role, 'change_staff')
  return [
    ...(hasUndecided ? [[openUndecided.button(t.plain('undecided-open'), { olderThan: null })]] : []),
    ...(hasUnreachable ? [[openStaff.button(t.plain('menu-staff'), {})]] : []),
  ]
}

function serversBlock(t: Translator, servers: readonly ServerLine[]): string {
  if (servers.length === 0) return t('dashboard-no-servers')
  const lines = servers.slice(0, shownServers).map((server) =>
    t('dashboard-server', {
      icon: serverIcon(server),
      name: server.name,
      places: placesOf(t, server),
    }),
  )
  const hidden = servers.length - lines.length
  return [
    t('dashboard-servers'),
    ...lines,
    ...(hidden > 0 ? [t('dashboard-more-servers', { count: hidden })] : []),
  ].join('\n')
}
