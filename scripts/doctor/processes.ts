import { requiredProcesses } from '@vpn-kiosk/app'
import type { Clock } from '@vpn-kiosk/domain'
import { listProcesses, type ProcessLine } from '@vpn-kiosk/shop'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const name = 'processes'

/** Checks whether every process that this shop needs has a recent heartbeat. */
export const processesCheck: Check = {
  name,
  examine: async ({ config, clock, database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    if ((await database.db.pendingMigrations()).length > 0)
      return [notSet(name, 'not looked at: the database is older')]
    const lines = await listProcesses({ db: database.db, clock, policy: { processes: requiredProcesses(config) } })
    if (lines.length === 0) return [notSet(name, 'never started', 'npm start')]
    const away = lines.filter(({ state }) => state !== 'running')
    if (away.length === 0) return [fine(name, lines.map(({ process }) => process).join(', '))]
    if (away.length === lines.length) return [wrong(name, 'none runs', 'npm start')]
    return away.map((line) => explain(line, clock))
  },
}

function explain({ process, state, seenAt }: ProcessLine, clock: Clock): Finding {
  const line = `process ${process}`
  if (state === 'missing' || seenAt === null) return wrong(line, 'never started', 'npm start; npm run status says why')
  const minutes = Math.max(1, Math.round((clock.now().getTime() - seenAt.getTime()) / 60_000))
  const since = minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`
  if (state === 'stopped') return wrong(line, `was stopped ${since}`, 'npm start')
  return wrong(
    line,
    `gave its last sign of life ${since}`,
    `npm run logs -- ${process} says why; npm start starts it anew`,
  )
}
