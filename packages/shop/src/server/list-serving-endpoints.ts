import { type EndpointRow, sql } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'

/** Endpoints of the servers that let anybody in. */
export const listServingEndpoints = ({ db }: Pick<ShopDeps, 'db'>): Promise<Pick<EndpointRow, 'id'>[]> =>
  db
    .getKysely()
    .selectFrom('endpoints as e')
    .innerJoin('servers as s', 's.id', 'e.server_id')
    .select('e.id')
    .where(sql<boolean>`s.state in ('active', 'draining')`)
    .execute()
