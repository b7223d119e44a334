/** People who run the shop. The owner is named in the configuration; the others are rows. */
export const staffRoles = ['owner', 'admin', 'support'] as const
export type StaffRole = (typeof staffRoles)[number]

export type StaffAction =
  | 'see_dashboard'
  | 'see_customers'
  | 'change_customers'
  | 'see_payments'
  | 'refund_payments'
  | 'close_months'
  | 'change_servers'
  | 'change_plans'
  | 'broadcast'
  | 'answer_tickets'
  | 'change_staff'
  | 'change_shop'

const permitted: Readonly<Record<StaffRole, readonly StaffAction[]>> = {
  owner: [
    'see_dashboard',
    'see_customers',
    'change_customers',
    'see_payments',
    'refund_payments',
    'close_months',
    'change_servers',
    'change_plans',
    'broadcast',
    'answer_tickets',
    'change_staff',
    'change_shop',
  ],
  admin: [
    'see_dashboard',
    'see_customers',
    'change_customers',
    'see_payments',
    'refund_payments',
    'change_servers',
    'change_plans',
    'broadcast',
    'answer_tickets',
    'change_shop',
  ],
  support: ['see_customers', 'answer_tickets'],
}

export const isPermitted = (role: StaffRole, action: StaffAction): boolean => permitted[role].includes(action)
