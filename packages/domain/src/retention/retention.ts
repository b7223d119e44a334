/** How long what grows is kept. A table is either here or among `keptForEver`: a test compares both with the database. */
export interface RetentionRule {
  /** Unless the shop says otherwise (RETENTION_DAYS). */
  readonly days: number
  /** What is thrown away after that. */
  readonly what: string
}

export const retention = {
  notifications: { days: 180, what: 'what customers were told, once it was sent or given up' },
  alerts: { days: 90, what: 'what staff were told, with its events and its messages' },
  payment_webhooks: { days: 180, what: 'webhooks that were handled' },
  payment_messages: { days: 60, what: 'which messages showed an invoice' },
  provider_refusals: { days: 90, what: 'refusals of payment providers, counted from the last one' },
  activities: { days: 400, what: 'what customers did: a year can be compared with the one before' },
  server_stats: { days: 30, what: 'figures of servers' },
  broadcast_recipients: { days: 90, what: 'who was sent a broadcast, counted from its end' },
  broadcast_watches: { days: 30, what: 'which messages show the progress of a broadcast' },
  accesses: { days: 30, what: 'accesses that were removed, once their endpoint agrees' },
  devices: { days: 90, what: 'devices that were revoked, once no access is left of them' },
  saved_cards: { days: 90, what: 'saved cards that were removed' },
  process_signs: { days: 7, what: 'signs of life of copies that are gone' },
} as const satisfies Readonly<Record<string, RetentionRule>>

export type RetentionTable = keyof typeof retention

export const retentionTables = Object.keys(retention) as RetentionTable[]

/** Tables that are never cleaned, each with its reason. */
export const keptForEver: Readonly<Record<string, string>> = {
  ledger_postings: 'the books: the law asks for years, and every balance is derived from them',
  ledger_entries: 'the books',
  orders: 'the books: what was sold',
  sales: 'the books: what each payment sold, and what is still owed of it',
  recognized_revenue: 'the books: a row for each day, provider, plan and currency',
  referral_rewards: 'the books: what invitations earned, and what came back of it',
  refunds: 'the books: what was given back',
  closed_months: 'the books: one row a month',
  star_subscriptions: 'one row a subscription in stars; a charge that comes late is held against it',
  star_charges: 'the books: stars go back by the id of their charge',
  payments: 'the books: what was paid; a late webhook is compared with its row',
  payment_steps: 'the books: how each payment came to its state; the database refuses to change them',
  audit_log: 'evidence of what staff did; the database refuses to change it',
  customers: 'one row a person, with the trial that was used',
  subscriptions: 'one row a customer: the link for life',
  subscription_periods: 'where each stretch of time came from, once by its key',
  renewals: 'one row a subscription that was ever renewed by itself',
  referrals: 'who brought whom, rewarded once',
  tickets: 'the ticket card reads the whole history of a customer',
  ticket_messages: 'the ticket card reads the whole history of a customer',
  ticket_topics: 'leaves with its ticket',
  alert_events: 'leave with their alert',
  staff_notifications: 'leave with their alert',
  revenue_slots: 'the job that fills it throws away what is older than 62 days',
  pending_deliveries: 'a row leaves when its customer has a key',
  broadcasts: 'written by hand: few',
  plans: 'made by hand: few',
  promo_codes: 'made by hand: few',
  promo_batches: 'made by hand: few',
  promo_uses: 'a row for each customer and code: nobody redeems a code twice',
  held_discounts: 'what customers have off: a row for each cause, replaced by the next',
  gifts: 'the books: what was paid for each, and who activated it',
  plan_prices: 'made by hand: few',
  addons: 'made by hand: few',
  addon_prices: 'made by hand: few',
  addon_grants: 'the books: which stretch each add-on was sold for, and what was taken back of it',
  provider_health: 'one row a provider',
  servers: 'made by hand: few',
  endpoints: 'made by hand: few',
  staff: 'made by hand: few',
  settings: 'one row a key',
  migrations: 'one row a migration',
}

/** So many rows in one statement. */
export const cleanUpPage = 2000
/** So many pages of a table in one run; the rest waits for the next night. */
export const cleanUpPages = 500
