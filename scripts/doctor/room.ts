import { ServerEntity } from '@vpn-kiosk/db'
import { getRoom } from '@vpn-kiosk/shop'
import { driverKinds } from '@vpn-kiosk/vpn'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'room'

/** Checks whether a customer who pays now would get a place on a server. */
export const roomCheck: Check = {
  name,
  examine: async ({ database, clock }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const { kind, people, most } = await getRoom({ db: database.db, clock, drivers: driverKinds })
    if (kind === 'no_server' && (await database.db.em().count(ServerEntity)) === 0)
      return [notSet(name, 'not looked at: there is no server yet')]
    if (kind === 'no_server')
      return [wrong(name, 'no server is open: who pays now gets no key', 'add one, or open one in the admin bot')]
    if (kind === 'full')
      return [
        wrong(
          name,
          'every server that gives out subscription keys is full: who pays now gets no key',
          'add a server, or raise a capacity',
        ),
      ]
    const left = `${people} more ${people === 1 ? 'person gets' : 'people get'} a key`
    if (people <= most / 10) return [wrong(name, `only ${left}`, 'add a server, or raise a capacity')]
    return [fine(name, left)]
  },
}
