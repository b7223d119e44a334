import { requireSecretKeys } from '@vpn-kiosk/app'
import { AccessEntity, EndpointEntity } from '@vpn-kiosk/db'
import { createVault, type SealedPlace, type Vault } from '@vpn-kiosk/shop'
import { type Check, fine, notSet, wrong } from './finding.ts'

const name = 'secret key'
const sampleSize = 20

/** Checks whether SECRET_KEY opens the encrypted values of the database. */
export const secretKeyCheck: Check = {
  name,
  examine: async ({ config, database }) => {
    if (config.secretKey === null) {
      return [wrong(name, 'SECRET_KEY is not set', 'npm start makes one; for a shop that was moved, bring its old one')]
    }
    if (database.kind === 'closed') return [notSet(name, 'set; not tried: there is no database')]
    const em = database.db.em()
    const endpoints = await em.find(EndpointEntity, {}, { fields: ['id', 'secrets'] })
    const accesses = await em.find(AccessEntity, {}, { fields: ['id', 'secrets'], limit: sampleSize })
    const sealed = [
      ...endpoints.map(({ id, secrets }) => ({ place: `endpoints.secrets:${id}` as const, secrets })),
      ...accesses.map(({ id, secrets }) => ({ place: `accesses.secrets:${id}` as const, secrets })),
    ]
    const vault = createVault(requireSecretKeys(config))
    const closed = sealed.filter(({ place, secrets }) => !opens(vault, secrets, place)).length
    if (closed > 0) {
      const message = `does not open ${closed} of ${sealed.length} stored secrets`
      return [wrong(name, message, 'put the SECRET_KEY of the shop that stored them into .env')]
    }
    return [fine(name, sealed.length > 0 ? `opens the stored secrets (${sealed.length} tried)` : 'set')]
  },
}

function opens(vault: Vault, sealed: string, place: SealedPlace): boolean {
  try {
    vault.open(sealed, place)
    return true
  } catch {
    return false
  }
}
