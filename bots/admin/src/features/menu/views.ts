import { isPermitted, type StaffAction, type StaffRole } from '@vpn-kiosk/domain'
import type { Keyboard, Translator, View } from '@vpn-kiosk/telegram'
import { openBroadcasts } from '../broadcast/callbacks.ts'
import { askCustomer } from '../customers/callbacks.ts'
import { openDashboard } from '../dashboard/callbacks.ts'
import { openPayments } from '../payments/callbacks.ts'
import { openPlans } from '../plans/callbacks.ts'
import { openServers } from '../servers/callbacks.ts'
import { openSettings } from '../settings/callbacks.ts'
import { openStaff } from '../staff/callbacks.ts'

/** Only what the role permits is offered; a verb would refuse the rest anyway. */
export function menuView(t: Translator, role: StaffRole): View {
  const may = (action: StaffAction, button: Keyboard[number][number]) => (isPermitted(role, action) ? [button] : [])
  const rows = [
    may('see_dashboard', openDashboard.button(t.plain('menu-dashboard'), {})),
    [
      ...may('see_customers', askCustomer.button(t.plain('menu-customers'), {})),
      ...may('see_payments', openPayments.button(t.plain('menu-payments'), { olderThan: null, customer: null })),
    ],
    [
      ...may('see_dashboard', openServers.button(t.plain('menu-servers'), {})),
      ...may('broadcast', openBroadcasts.button(t.plain('menu-broadcast'), {})),
    ],
    [
      ...may('change_plans', openPlans.button(t.plain('menu-plans'), {})),
      ...may('change_plans', openSettings.button(t.plain('menu-settings'), {})),
    ],
    may('change_staff', openStaff.button(t.plain('menu-staff'), {})),
  ]
  return { text: t('menu-title', { role }), keyboard: rows.filter((row) => row.length > 0) }
}
