import { StaffEntity } from '@vpn-kiosk/db'
import { type Check, fine, wrong } from './finding.ts'

const name = 'staff'

/** Whether anybody may use the admin bot. */
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
    return [fine(name, `${owner}, ${rows} more with a role`)]
  },
}
