import { sql } from '@vpn-kiosk/db'
import { type GiftId, giftReturnPosting, isBefore } from '@vpn-kiosk/domain'
import { lockBalance } from '../balance/lock-balance.ts'
import type { ShopDeps } from '../deps.ts'
import { writePosting } from '../ledger/write-posting.ts'
import { queueNotification } from '../notification/queue-notification.ts'
import { closeGift, lockGift } from './lock-gift.ts'

type Deps = Pick<ShopDeps, 'db' | 'queue' | 'clock' | 'checkpoint'>

/** More wait for the next run. */
const page = 200

/** Puts what was paid for gifts that nobody activated in time on their givers' balances. Returns how many ended. */
export async function returnGifts(deps: Deps): Promise<number> {
  const due = await deps.db
    .getKysely()
    .selectFrom('gifts')
    .select('id')
    .where('state', '=', sql.lit('waiting'))
    .where('ends_at', '<=', deps.clock.now())
    .orderBy('ends_at')
    .limit(page)
    .execute()
  let returned = 0
  for (const { id } of due) if (await returnGift(deps, id)) returned += 1
  return returned
}

/** Never to a card by itself. One whose payment is being given back waits for the end of that. */
const returnGift = (deps: Deps, id: GiftId): Promise<boolean> =>
  deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const gift = await lockGift(em, id)
    if (gift?.state !== 'waiting' || gift.isBeingRefunded || isBefore(now, gift.endsAt)) return false
    const { giverId, paymentId, value } = gift
    await lockBalance(em, giverId, value.currency)
    await closeGift(em, gift, 'returned', { at: now })
    const posting = { key: `gift_returned:${id}`, entries: giftReturnPosting(giverId, value) }
    await writePosting(em, { paymentId, at: now, posting })
    const amount = { minor: value.minor.toString(), currency: value.currency }
    const notification = { kind: 'gift_returned', giftId: id, amount } as const
    await queueNotification(deps, em, { customerId: giverId, key: `gift_returned:${id}`, notification }, now)
    deps.checkpoint('gift-return:before-commit')
    return true
  })
