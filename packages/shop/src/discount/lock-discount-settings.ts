import { type EntityManager, sql } from '@vpn-kiosk/db'
import { discountsKey } from './read-discount-settings.ts'

/** Whoever changes the shop's discounts goes one after another, until the transaction ends. */
export const lockDiscountSettings = (em: EntityManager): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtext(${discountsKey}))`.execute(em.getKysely())
