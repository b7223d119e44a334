import { addDays, addMs, hourMs, isBefore, type PaymentId, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Older payments are not looked for: the listed ones of so many days are held in memory. */
const mostDays = 30
/** The list may lag behind the payment's own status. */
const settledForMs = hourMs

/** Since when a list that begins at `since` must have all that was made here: the provider made it a little later. */
export function completeSince(since: Date, now: Date): Date {
  const earliest = addDays(now, -mostDays)
  return isBefore(since, earliest) ? earliest : addMs(since, hourMs)
}

export interface MissingWish {
  readonly provider: ProviderId
  readonly since: Date
  /** When the list was begun to be read. */
  readonly listedAt: Date
  readonly listed: ReadonlySet<PaymentId>
  readonly most: number
}

/** Payments that are settled here and that the provider's whole list does not have, at most `most`, the oldest first. */
export async function findMissing(
  { db }: Pick<ShopDeps, 'db'>,
  { provider, since, listedAt, listed, most }: MissingWish,
): Promise<PaymentId[]> {
  const missing: PaymentId[] = []
  let after: { at: Date; id: PaymentId } | null = null
  for (;;) {
    const page: { id: PaymentId; created_at: Date }[] = await db
      .getKysely()
      .selectFrom('payments')
      .select(['id', 'created_at'])
      .where('provider', '=', provider)
      .where('created_at', '>=', after?.at ?? since)
      .$if(after !== null, (query) =>
        query.where((eb) => eb.or([eb('created_at', '>', after!.at), eb('id', '>', after!.id)])),
      )
      .where('state', 'in', ['paid', 'refunded'])
      .where('received_minor', '>', '0')
      .where('reference', 'is not', null)
      .where('paid_at', '<', addMs(listedAt, -settledForMs))
      .orderBy('created_at')
      .orderBy('id')
      .limit(pageSize)
      .execute()
    for (const { id } of page) if (!listed.has(id) && missing.length < most) missing.push(id)
    const last = page.at(-1)
    if (!last || page.length < pageSize || missing.length === most) return missing
    after = { at: last.created_at, id: last.id }
  }
}

const pageSize = 1000
