import type { StaffAction } from '@vpn-kiosk/domain'
import { type Actor, hasPermission, type PermissionDeps, type Seen } from './has-permission.ts'

/** Reads for whoever may; everybody else gets the refusal and no query is made. */
export async function readIfPermitted<T>(
  deps: PermissionDeps,
  actor: Actor,
  action: StaffAction,
  read: () => Promise<T>,
): Promise<Seen<T>> {
  if (!(await hasPermission(deps, actor, action))) return { kind: 'forbidden' }
  return { kind: 'seen', value: await read() }
}
