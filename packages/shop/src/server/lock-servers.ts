import { type EntityManager, sql } from '@vpn-kiosk/db'

/**
 * Until the transaction ends, nobody else adds a way in or moves one to another city. Servers change seldom: one lock
 * for all of them keeps a panel from being added twice at once, and two ways in from getting one label.
 */
export const lockServers = (em: EntityManager) =>
  sql`select pg_advisory_xact_lock(hashtext('servers'))`.execute(em.getKysely())
