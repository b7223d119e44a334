import { ServerEntity } from '@vpn-kiosk/db'
import type { ServerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { isServerName, tidyWord } from './server-place.ts'

export type CheckServerNameResult =
  | { readonly kind: 'free' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'name_taken'; readonly serverId: ServerId }
  | Forbidden

/** Whether a server may be called so: asked when the name is typed, and once more by the database when it is saved. */
export async function checkServerName(
  deps: Pick<ShopDeps, 'db' | 'policy'>,
  actor: Actor,
  name: string,
): Promise<CheckServerNameResult> {
  if (!(await hasPermission(deps, actor, 'change_servers'))) return { kind: 'forbidden' }
  if (!isServerName(name)) return { kind: 'invalid' }
  const known = await deps.db.em().findOne(ServerEntity, { name: tidyWord(name) })
  return known ? { kind: 'name_taken', serverId: known.id } : { kind: 'free' }
}
