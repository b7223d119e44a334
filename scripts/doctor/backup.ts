import { access } from 'node:fs/promises'
import { PlanEntity, SettingEntity } from '@vpn-kiosk/db'
import { hourMs } from '@vpn-kiosk/domain'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'backup'
/** A backup is made every day; half a day of delay raises no alarm. */
const oldHours = 36

export const backupCheck: Check = {
  name,
  examine: async ({ clock, database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const em = database.db.em()
    const last = readLast((await em.findOne(SettingEntity, { key: 'backup:last' }))?.value)
    const hoursSince = (at: Date) => Math.floor((clock.now().getTime() - at.getTime()) / hourMs)
    if (!last) {
      const [oldest] = await em.find(PlanEntity, {}, { orderBy: { createdAt: 'asc' }, limit: 1 })
      const isYoung = !oldest || hoursSince(oldest.createdAt) <= oldHours
      return [isYoung ? notSet(name, 'none yet: the first is made tonight') : wrong(name, 'there is none', advice)]
    }
    const age = hoursSince(last.at)
    if (age > oldHours) return [wrong(name, `the last one is ${age} h old`, advice)]
    const isHere = await access(last.file).then(
      () => true,
      () => false,
    )
    if (!isHere) return [wrong(name, `${last.file} is gone from this machine`, advice)]
    return [fine(name, `${Math.max(0, age)} h old, ${last.file}`)]
  },
}

const advice = 'npm run backup makes one now; npm run status shows whether jobs runs, which makes them daily'

function readLast(value: unknown): { at: Date; file: string } | null {
  if (typeof value !== 'object' || value === null || !('at' in value) || !('file' in value)) return null
  const at = new Date(String(value.at))
  return Number.isNaN(at.getTime()) ? null : { at, file: String(value.file) }
}
