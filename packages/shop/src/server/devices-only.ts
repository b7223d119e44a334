import { type Expression, sql } from '@vpn-kiosk/db'
import type { DriverId, DriverKind } from '@vpn-kiosk/domain'

/** Drivers that give one key to a whole subscription. */
export const sharedDrivers = (drivers: ReadonlyMap<DriverId, DriverKind>): DriverId[] =>
  [...drivers.values()].filter((kind) => kind.accountPer === 'subscription').map((kind) => kind.id)

/** SQL, true in a shop whose every endpoint gives keys to single devices: there is no shared key to wait for. */
export const devicesOnly = (shared: readonly DriverId[] | Expression<readonly DriverId[]>) =>
  sql<boolean>`(exists (select 1 from endpoints) and not exists (
    select 1 from endpoints x where x.driver = any(${shared})))`
