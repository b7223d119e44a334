import type { EntityManager } from '@vpn-kiosk/db'
import type { StaffRole } from '@vpn-kiosk/domain'
import type { PermissionDeps } from './has-permission.ts'

/**
 * Who has one of the roles, each once. The configuration's owner has no row. Where nobody has them, the owners and
 * admins: nothing is told to nobody.
 */
export async function listStaffIds(
  { policy }: Pick<PermissionDeps, 'policy'>,
  em: EntityManager,
  roles: readonly StaffRole[],
): Promise<bigint[]> {
  const rows = await em.getKysely().selectFrom('staff').select(['telegram_id', 'role']).execute()
  const having = (wanted: readonly StaffRole[]): bigint[] => {
    const ids = rows.filter(({ role }) => wanted.includes(role)).map((row) => BigInt(row.telegram_id))
    const owner = wanted.includes('owner') && policy.ownerTelegramId !== null ? [policy.ownerTelegramId] : []
    return [...new Set([...owner, ...ids])]
  }
  const found = having(roles)
  return found.length > 0 ? found : having(['owner', 'admin'])
}
