import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'migrations'

export const migrationsCheck: Check = {
  name,
  examine: async ({ database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const pending = await database.db.pendingMigrations()
    if (pending.length === 0) return [fine(name, 'all applied')]
    return [
      wrong(name, `${pending.length} not applied: ${pending.join(', ')}`, 'npm start (or node scripts/migrate.ts)'),
    ]
  },
}
