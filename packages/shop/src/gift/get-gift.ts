import type { CustomerId, GiftId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { type GiftLine, selectGiftLines, toGiftLine } from './gift-line.ts'

/** One gift of its giver; null when there is none of this id, or it is another's. */
export async function getGift(deps: Pick<ShopDeps, 'db'>, giverId: CustomerId, id: GiftId): Promise<GiftLine | null> {
  const row = await selectGiftLines(deps, giverId).where('g.id', '=', id).executeTakeFirst()
  return row ? toGiftLine(row) : null
}
