import type { EntityManager } from '@vpn-kiosk/db'
import type { ShopDeps } from '../deps.ts'
import type { SealedPlace, Vault } from './vault.ts'

/** The setting that holds a value sealed at the first start, to tell the right key by. */
const sentinelKey = 'secret-key'
const sentinelPlace = `settings.value:${sentinelKey}` as const
const sentinelText = 'VPN Kiosk'
/** Sealed values of a database that has no sentinel yet are tried instead: one would do, the others are for a torn one. */
const SAMPLE = 5

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
  const em = db.em()
  if (!(await isMigrated(em))) return { kind: 'not_migrated' }
  const known = await readSentinel(em)
  if (known !== null) return { kind: opens(vault, known, sentinelPlace) ? 'fits' : 'wrong' }
  const samples = await readSamples(em)
  if (samples.length > 0 && !samples.some(({ sealed, place }) => opens(vault, sealed, place))) return { kind: 'wrong' }
  await em.execute('insert into settings (key, value, changed_at) values (?, ?, ?) on conflict do nothing', [
    sentinelKey,
    JSON.stringify(vault.seal(sentinelText, sentinelPlace)),
    clock.now(),
  ])
  const left = await readSentinel(em)
  return { kind: left !== null && opens(vault, left, sentinelPlace) ? 'fits' : 'wrong' }
}

/** Whether the database holds anything that only its own key opens. Needs no key. */
export async function hasSealedValues({ db }: Pick<ShopDeps, 'db'>): Promise<boolean> {
  const em = db.em()
  if (!(await isMigrated(em))) return false
  return (await readSentinel(em)) !== null || (await readSamples(em)).length > 0
}

/** Seals the sentinel anew with the vault's first key, whatever it was sealed with. */
export async function resealSentinel({ db, vault, clock }: Pick<ShopDeps, 'db' | 'vault' | 'clock'>): Promise<void> {
  await db.em().execute(
    `insert into settings (key, value, changed_at) values (?, ?, ?)
       on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
    [sentinelKey, JSON.stringify(vault.seal(sentinelText, sentinelPlace)), clock.now()],
  )
}

async function isMigrated(em: EntityManager): Promise<boolean> {
  const [row] = await em.execute<{ present: boolean }[]>(`select to_regclass('settings') is not null as present`)
  return row?.present === true
}

async function readSentinel(em: EntityManager): Promise<string | null> {
  const [row] = await em.execute<{ sealed: string }[]>(`select value #>> '{}' as sealed from settings where key = ?`, [
    sentinelKey,
  ])
  return row?.sealed ?? null
}

async function readSamples(em: EntityManager): Promise<{ place: SealedPlace; sealed: string }[]> {
  const rows = await em.execute<{ kind: 'endpoints' | 'accesses'; id: string; sealed: string }[]>(
    `(select 'endpoints' as kind, id, secrets as sealed from endpoints order by created_at desc limit ${SAMPLE})
     union all (select 'accesses', id, secrets from accesses order by id desc limit ${SAMPLE})`,
  )
  return rows.map(({ kind, id, sealed }) => ({ place: `${kind}.secrets:${id}` as const, sealed }))
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
