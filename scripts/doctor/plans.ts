import { PlanEntity } from '@vpn-kiosk/db'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'plans'

/** Checks whether there is a plan to sell. */
export const plansCheck: Check = {
  name,
  examine: async ({ database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const codes = (await database.db.em().find(PlanEntity, { isActive: true, isTrial: false })).map(({ code }) => code)
    if (codes.length > 0) return [fine(name, codes.join(', '))]
    return [wrong(name, 'there is nothing to sell', 'npm run seed-plans adds the default price list')]
  },
}
