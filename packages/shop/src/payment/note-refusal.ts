import { runStatement } from '@vpn-kiosk/db'
import { addDays, cutText, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { notifyStaff } from '../notification/queue-notification.ts'

/** A refusal that was not heard for so long is news again. */
const quietDays = 1

/** Counts a provider's refusal, and tells staff of each sentence of each provider once: only a human can mend what it says. */
export async function noteRefusal(
  deps: Pick<ShopDeps, 'db' | 'queue' | 'clock'>,
  provider: ProviderId,
  message: string,
): Promise<void> {
  const sentence = cutText(message, 300)
  await deps.db.transaction(async (em) => {
    const now = deps.clock.now()
    const [noted] = await runStatement<{ is_news: boolean }>(em, noteStatement, [
      provider,
      withoutIds(sentence),
      now,
      addDays(now, -quietDays),
    ])
    if (noted?.is_news) await notifyStaff(deps, em, { kind: 'provider_refused', provider, sentence }, now)
  })
}

/** Ids differ from one payment to the next; the reason is the same. */
const withoutIds = (sentence: string): string => sentence.replace(/[\w-]*\d{4,}[\w-]*/g, '…')

const noteStatement = `
  insert into provider_refusals as known (provider, reason, count, first_at, last_at, told_at)
  values ($1, $2, 1, $3, $3, $3)
  on conflict (provider, reason) do update set count = case when known.last_at < $4 then 1 else known.count + 1 end, last_at = $3,
    told_at = case when known.last_at < $4 then $3 else known.told_at end
  returning count = 1 as is_news`
