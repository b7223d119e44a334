import { requiredProcesses } from '@vpn-kiosk/app'
import type { Clock } from '@vpn-kiosk/domain'
import { getHealth, type Undelivered } from '@vpn-kiosk/shop'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'deliveries'

/** Checks whether every customer who paid has a working access. */
export const deliveriesCheck: Check = {
  name,
  examine: async ({ config, clock, database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    if ((await database.db.pendingMigrations()).length > 0)
      return [notSet(name, 'not looked at: the database is older')]
    const policy = { processes: requiredProcesses(config) }
    const { undelivered, isDeliveryLate } = await getHealth({ db: database.db, clock, policy })
    if (isDeliveryLate) return [wrong(name, describe(undelivered, clock), 'mend what it says, or add a server')]
    if (undelivered.paid > 0) return [fine(name, `${undelivered.paid} being made`)]
    return [fine(name, 'everybody who paid has something that works')]
  },
}

function describe({ paid, oldestPaidAt, causes }: Undelivered, clock: Clock): string {
  const minutes = Math.round((clock.now().getTime() - (oldestPaidAt?.getTime() ?? 0)) / 60_000)
  const [cause] = causes
  const why = cause ? `: ${cause.serverName ? `${cause.serverName}: ` : ''}${cause.reason}` : ''
  return `${paid} ${paid === 1 ? 'person' : 'people'} paid and have nothing that works, the first for ${minutes} min${why}`
}
