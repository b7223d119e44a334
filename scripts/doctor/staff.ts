import { type Database, StaffEntity } from '@vpn-kiosk/db'
import { listUnreachableStaff } from '@vpn-kiosk/shop'
import { type Check, fine, wrong } from './finding.ts'

const name = 'staff'

/** Whether anybody may use the admin bot, and whether all who hear of troubles can be told. */
export const staffCheck: Check = {
  name,
  examine: async ({ config, database }) => {
    const { ownerId } = config.telegram
    const rows =
      database.kind === 'open'
        ? await database.db
            .em()
            .count(StaffEntity)
            .catch(() => 0)
        : 0
    if (ownerId === null && rows === 0) {
      const advice = 'put your Telegram id into OWNER_TELEGRAM_ID (@userinfobot tells it)'
      return [wrong(name, 'nobody may use the admin bot', advice)]
    }
    const owner = ownerId === null ? 'OWNER_TELEGRAM_ID is not set' : `owner ${ownerId}`
    const unreachable = database.kind === 'open' ? await describeUnreachable(database.db, ownerId) : []
    if (unreachable.length > 0) {
      const advice = 'they open the admin bot and press Start, or are taken off the staff'
      return [wrong(name, `the admin bot cannot write to ${unreachable.join(', ')}: they hear of nothing`, advice)]
    }
    return [fine(name, `${owner}, ${rows} more with a role`)]
  },
}

/** Those who hear nothing, by name where there is one. A database that lacks migrations is told by another check. */
async function describeUnreachable(db: Database, ownerId: number | null): Promise<string[]> {
  const ids = await listUnreachableStaff({ db }).catch(() => [])
  if (ids.length === 0) return []
  const staff = await db.em().find(StaffEntity, { telegramId: { $in: ids } })
  const isOwner = (id: bigint) => ownerId !== null && id === BigInt(ownerId)
  const named = (id: bigint) => staff.find(({ telegramId }) => telegramId === id)?.name
  // Who has left the staff is nobody's concern.
  return ids
    .filter((id) => isOwner(id) || named(id) !== undefined)
    .map((id) => (isOwner(id) ? `the owner (${id})` : `${named(id)} (${id})`))
}
