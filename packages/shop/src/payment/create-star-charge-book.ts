import { type Database, StarChargeEntity } from '@vpn-kiosk/db'
import { money, type StarCharge, type StarChargeBook } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { recall, remember } from '../setting/remember.ts'
import { addStarCharges } from './add-star-charges.ts'

const cursorKey = 'stars:cursor'
const page = 500

/** The charges in stars that the database keeps. */
export function createStarChargeBook(deps: Pick<ShopDeps, 'db' | 'clock'>): StarChargeBook {
  const { db } = deps
  return {
    add: (charges) => addStarCharges(deps, charges),
    listOf: async (paymentId) =>
      (await db.em().find(StarChargeEntity, { paymentId }, { orderBy: { paidAt: 'asc', id: 'asc' } })).map(toCharge),
    listSince: (since) => listSince(db, since),
    readCursor: async () => (await recall<{ readonly count: number }>(deps, cursorKey))?.count ?? 0,
    moveCursor: (count) => remember(deps, cursorKey, { count }),
  }
}

async function* listSince(db: Database, since: Date): AsyncIterable<readonly StarCharge[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .em()
      .find(
        StarChargeEntity,
        { $or: [{ paidAt: { $gte: since } }, { refundedAt: { $gte: since } }], id: { $gt: after } },
        { orderBy: { id: 'asc' }, limit: page },
      )
    if (rows.length > 0) yield rows.map(toCharge)
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}

const toCharge = ({ id, paymentId, payerId, amountMinor, paidAt, refundedAt }: StarChargeRow): StarCharge => ({
  id,
  paymentId,
  payerId,
  amount: money(amountMinor, 'XTR'),
  paidAt,
  refundedAt,
})
type StarChargeRow = Omit<StarCharge, 'amount'> & { readonly amountMinor: bigint }
