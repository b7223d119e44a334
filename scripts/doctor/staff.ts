import type { Config } from '@vpn-kiosk/app'
import { type Database, StaffEntity } from '@vpn-kiosk/db'
import { listUnreachableStaff } from '@vpn-kiosk/shop'
import { openBotApi, readRefusal } from './bot-api.ts'
import { type Check, fine, nextStep, wrong } from './finding.ts'

const name = 'staff'

/** Checks whether anybody may use the admin bot, and whether the bot can write to everybody who gets its alerts. */
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
    if (await hasNeverStarted(config.telegram)) {
      const advice = `open the admin bot from that account and press Start; if ${ownerId} is not you, @userinfobot tells your id for OWNER_TELEGRAM_ID`
      return [nextStep(name, `${owner} has not opened the admin bot: alerts do not reach them`, advice)]
    }
    return [fine(name, `${owner}, ${rows} more with a role`)]
  },
}

/** Whether Telegram says that the admin bot has never met the owner. Other refusals are reported by other checks. */
async function hasNeverStarted({ adminToken, ownerId, apiRoot }: Config['telegram']): Promise<boolean> {
  if (adminToken === null || ownerId === null) return false
  try {
    await openBotApi(adminToken, apiRoot).getChat(ownerId)
    return false
  } catch (error) {
    return readRefusal(error)?.words.includes('chat not found') ?? false
  }
}

/** Staff whom the admin bot cannot write to, by name where known. Missing migrations are reported by another check. */
async function describeUnreachable(db: Database, ownerId: number | null): Promise<string[]> {
  const ids = await listUnreachableStaff({ db }).catch(() => [])
  if (ids.length === 0) return []
  const staff = await db.em().find(StaffEntity, { telegramId: { $in: ids } })
  const isOwner = (id: bigint) => ownerId !== null && id === BigInt(ownerId)
  const named = (id: bigint) => staff.find(({ telegramId }) => telegramId === id)?.name
  // People who are no longer on the staff are left out.
  return ids
    .filter((id) => isOwner(id) || named(id) !== undefined)
    .map((id) => (isOwner(id) ? `the owner (${id})` : `${named(id)} (${id})`))
}
