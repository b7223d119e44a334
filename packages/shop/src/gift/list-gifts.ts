import type { CustomerId, GiftId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { getGift } from './get-gift.ts'
import { type GiftLine, selectGiftLines, toGiftLine } from './gift-line.ts'

export interface GiftPage {
  readonly lines: readonly GiftLine[]
  /** The last gift of this page where older ones follow. */
  readonly olderThan: GiftId | null
}

const pageSize = 6

/** What a customer gave, newest first. */
export async function listGifts(
  deps: Pick<ShopDeps, 'db'>,
  giverId: CustomerId,
  olderThan: GiftId | null = null,
): Promise<GiftPage> {
  const last = olderThan ? await getGift(deps, giverId, olderThan) : null
  const rows = await selectGiftLines(deps, giverId)
    .$if(last !== null, (query) =>
      query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('g.created_at', 'g.id'), '<', tuple(last!.createdAt, last!.id)),
      ),
    )
    .orderBy('g.created_at', 'desc')
    .orderBy('g.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const lines = rows.slice(0, pageSize).map(toGiftLine)
  return { lines, olderThan: rows.length > pageSize ? (lines.at(-1)?.id ?? null) : null }
}
