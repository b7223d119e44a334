import { sql, toJson } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { SealedPlace, Vault } from './vault.ts'

/** The setting that holds a value sealed at the first start, to tell the right key by. */
const sentinelKey = 'secret-key'
const sentinelPlace = `settings.value:${sentinelKey}` as const
const sentinelText = 'VPN Kiosk'
/** Sealed values of a database that has no sentinel yet are tried instead: one would do, the others are for a torn one. */
const sampleSize = 5

export type SecretKeyCheck =
  /** The key opens what is there; from now on there is a sentinel. */
  | { readonly kind: 'fits' }
  /** Sealed with another key. */
  | { readonly kind: 'wrong' }
  /** No table of ours is there yet. */
  | { readonly kind: 'not_migrated' }

/**
 * Tells whether the vault's keys are those of this database by a sealed sentinel, which the first start leaves in it. A
 * database from before there was one is told by what it holds sealed.
 */
export async function checkSecretKey({
  db,
  vault,
  clock,
}: Pick<ShopDeps, 'db' | 'vault' | 'clock'>): Promise<SecretKeyCheck> {
  if (!(await isMigrated(db))) return { kind: 'not_migrated' }
  const known = await readSentinel(db)
  if (known !== null) return { kind: opens(vault, known, sentinelPlace) ? 'fits' : 'wrong' }
  const samples = await readSamples(db)
  if (samples.length > 0 && !samples.some(({ sealed, place }) => opens(vault, sealed, place))) return { kind: 'wrong' }
  await db
    .getKysely()
    .insertInto('settings')
    .values(sentinelOf({ vault, clock }))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const left = await readSentinel(db)
  return { kind: left !== null && opens(vault, left, sentinelPlace) ? 'fits' : 'wrong' }
}

/** Whether the database holds anything that only its own key opens. Needs no key. */
export async function hasSealedValues({ db }: Pick<ShopDeps, 'db'>): Promise<boolean> {
  if (!(await isMigrated(db))) return false
  return (await readSentinel(db)) !== null || (await readSamples(db)).length > 0
}

/** Seals the sentinel anew with the vault's first key, whatever it was sealed with. */
export async function resealSentinel({ db, vault, clock }: Pick<ShopDeps, 'db' | 'vault' | 'clock'>): Promise<void> {
  await db
    .getKysely()
    .insertInto('settings')
    .values(sentinelOf({ vault, clock }))
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), changed_at: eb.ref('excluded.changed_at') })),
    )
    .execute()
}

const sentinelOf = ({ vault, clock }: Pick<ShopDeps, 'vault' | 'clock'>) => ({
  key: sentinelKey,
  value: toJson<unknown>(vault.seal(sentinelText, sentinelPlace)),
  changed_at: clock.now(),
})

async function isMigrated(db: ShopDeps['db']): Promise<boolean> {
  const { rows } = await sql<{ present: boolean }>`select to_regclass('settings') is not null as present`.execute(
    db.getKysely(),
  )
  return rows[0]?.present === true
}

async function readSentinel(db: ShopDeps['db']): Promise<string | null> {
  const row = await db
    .getKysely()
    .selectFrom('settings')
    .select(sql<string>`value #>> '{}'`.as('sealed'))
    .where('key', '=', sentinelKey)
    .executeTakeFirst()
  return row?.sealed ?? null
}

async function readSamples(db: ShopDeps['db']): Promise<{ place: SealedPlace; sealed: string }[]> {
  const kysely = db.getKysely()
  const endpoints = await kysely
    .selectFrom('endpoints')
    .select(['id', 'secrets'])
    .orderBy('created_at', 'desc')
    .limit(sampleSize)
    .execute()
  const accesses = await kysely
    .selectFrom('accesses')
    .select(['id', 'secrets'])
    .orderBy('id', 'desc')
    .limit(sampleSize)
    .execute()
  return [
    ...endpoints.map(({ id, secrets: sealed }) => ({ place: `endpoints.secrets:${id}` as const, sealed })),
    ...accesses.map(({ id, secrets: sealed }) => ({ place: `accesses.secrets:${id}` as const, sealed })),
  ]
}

function opens(vault: Vault, sealed: string, place: SealedPlace): boolean {
  try {
    vault.open(sealed, place)
    return true
  } catch {
    // Why it does not open is no matter here: another key, or a changed value.
    return false
  }
}
