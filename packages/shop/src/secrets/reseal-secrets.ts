import { anyOf, sql } from '@vpn-kiosk/db'
import type { CardId, DriverId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { resealSentinel } from './check-secret-key.ts'
import type { SealedColumn } from './vault.ts'

const pageSize = 500

export interface ResealReport {
  /** Values that are bound to their row and sealed with today's key from now on. */
  readonly resealed: number
  /** Accesses that got other secrets, because no key opens theirs: their customers get another key. */
  readonly minted: number
  /** Endpoints whose secrets no key opens: their credentials must be entered anew. */
  readonly unreadableEndpoints: readonly string[]
  /** Values that no key opens and that were left as they are. */
  readonly unreadable: number
}

type Deps = Pick<ShopDeps, 'db' | 'vault' | 'clock' | 'drivers'>
type Column = Exclude<SealedColumn, 'settings.value'>

interface Row {
  readonly id: string
  readonly sealed: string
  readonly driver: DriverId
}

interface Page {
  readonly resealed: { id: string; sealed: string }[]
  readonly unreadable: Row[]
  readonly last: string | null
}

/**
 * Seals every value with today's key, in pages, while the shop runs. With `isLost`, what no key opens is replaced where
 * it can be: accesses get new secrets and are provisioned again, endpoints wait for their credentials, saved cards are
 * removed. Repeating it goes on where it was interrupted.
 */
export async function resealSecrets(deps: Deps, isLost: boolean): Promise<ResealReport> {
  const endpoints = await resealColumn(deps, 'endpoints.secrets', false)
  const accesses = await resealColumn(deps, 'accesses.secrets', isLost)
  const credentials = await resealColumn(deps, 'accesses.credentials', false)
  const cards = await resealColumn(deps, 'saved_cards.secret', isLost)
  if (isLost || endpoints.unreadable.length + accesses.unreadable.length === 0) await resealSentinel(deps)
  return {
    resealed: endpoints.resealed + accesses.resealed + credentials.resealed + cards.resealed,
    minted: accesses.minted,
    unreadableEndpoints: endpoints.unreadable,
    unreadable:
      endpoints.unreadable.length +
      accesses.unreadable.length +
      cards.unreadable.length +
      (isLost ? 0 : credentials.unreadable.length),
  }
}

async function resealColumn(deps: Deps, column: Column, isMinting: boolean) {
  const total = { resealed: 0, minted: 0, unreadable: [] as string[] }
  for (let after: string | null = ''; after !== null; ) {
    const page: Page = await resealPage(deps, column, { after, isMinting })
    total.resealed += page.resealed.length
    if (isMinting) total.minted += page.unreadable.length
    else total.unreadable.push(...page.unreadable.map(({ id }) => id))
    after = page.last
  }
  return total
}

/** Which driver a row of each table is for. */
const drivers = {
  endpoints: sql`t.driver`,
  accesses: sql`(select driver from endpoints e where e.id = t.endpoint_id)`,
  saved_cards: sql`''`,
} as const

/** The rows are locked, so that nothing that is sealed meanwhile is overwritten. */
function resealPage(
  deps: Deps,
  column: Column,
  { after, isMinting }: { after: string; isMinting: boolean },
): Promise<Page> {
  const [table, field] = column.split('.') as [keyof typeof drivers, string]
  const driver = drivers[table]
  return deps.db.transaction(async (em) => {
    const db = em.getKysely()
    const place = sql.ref(`t.${field}`)
    const { rows } = await sql<Row>`
      select t.id, ${place} as sealed, ${driver} as driver from ${sql.table(table)} t
      where t.id > ${after} and ${place} is not null and not starts_with(${place}, ${deps.vault.prefix})
      order by t.id limit ${pageSize} for update of t`.execute(db)
    const opened = rows.map((row) => ({ row, sealed: sealAnew(deps, column, row) }))
    const resealed = opened.flatMap(({ row, sealed }) => (sealed === null ? [] : [{ id: row.id, sealed }]))
    const unreadable = opened.flatMap(({ row, sealed }) => (sealed === null ? [row] : []))
    const rowsOf = (changed: readonly { id: string; sealed: string }[]) =>
      sql`unnest(${changed.map(({ id }) => id)}::text[], ${changed.map(({ sealed }) => sealed)}::text[]) as n (id, sealed)`
    if (resealed.length > 0) {
      await sql`
        update ${sql.table(table)} t set ${sql.ref(field)} = n.sealed from ${rowsOf(resealed)} where t.id = n.id`.execute(
        db,
      )
    }
    if (isMinting && unreadable.length > 0 && table === 'saved_cards')
      await db
        .updateTable('saved_cards')
        .set({ secret: null, removed_at: deps.clock.now() })
        .where('id', '=', anyOf(unreadable.map(({ id }) => id as CardId)))
        .execute()
    else if (isMinting && unreadable.length > 0) {
      const minted = unreadable.map((row) => ({ id: row.id, sealed: mint(deps, row) }))
      // Wished anew, so that the endpoint and the customer's key follow.
      await sql`
        update accesses t set secrets = n.sealed, credentials = null, desired_revision = desired_revision + 1,
          next_attempt_at = ${deps.clock.now()} from ${rowsOf(minted)} where t.id = n.id`.execute(db)
    }
    return { resealed, unreadable, last: rows.length === pageSize ? (rows.at(-1)?.id ?? null) : null }
  })
}

function sealAnew({ vault }: Deps, column: Column, { id, sealed }: Row): string | null {
  const place = `${column}:${id}` as const
  let value: unknown
  try {
    value = vault.open(sealed, place)
  } catch {
    // No key of ours: the caller counts it.
    return null
  }
  return vault.seal(value, place)
}

function mint({ vault, drivers }: Deps, { id, driver }: Row): string {
  const kind = drivers.get(driver)
  if (!kind) throw new Error(`there is no driver called ${driver}`)
  return vault.seal(kind.mintSecrets(), `accesses.secrets:${id}`)
}
