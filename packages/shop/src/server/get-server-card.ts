import type { ServerId } from '@vpn-kiosk/domain'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { type Deps, readServers, type ServerLine } from './list-servers.ts'

/** One place; null when it is unknown. */
export const getServerCard = (deps: Deps, actor: Actor, id: ServerId): Promise<Seen<ServerLine | null>> =>
  readIfPermitted(deps, actor, 'see_dashboard', async () => (await readServers(deps, id))[0] ?? null)
