import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'migrations'

export const migrationsCheck: Check = {
  name,
  examine: async ({ database }) => {
    if (database.kind === 'closed') return [notSet(name, 'not looked at: there is no database')]
    const unknown = await database.db.unknownMigrations()
    if (unknown.length > 0) {
      return [wrong(name, `a newer version applied ${unknown.join(', ')}`, 'bring that version of the code back')]
    }
    const pending = await database.db.pendingMigrations()
    if (pending.length === 0) return [fine(name, 'all applied')]
    return [wrong(name, `${pending.length} not applied: ${pending.join(', ')}`, 'npm start (or npm run migrate)')]
  },
}
