import { ProviderHealthEntity } from '@vpn-kiosk/db'
import { addMs, isBefore, minuteMs, type PaymentProvider, type ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** One provider's answers are written down no more often than that by each process. */
const restMs = minuteMs

/**
 * The same providers, whose answers to real requests are written down: one that makes invoices or tells how they stand is
 * not out of order, whatever a probe of it says.
 */
export function noteAnswers(
  deps: Pick<ShopDeps, 'db' | 'clock'>,
  providers: ReadonlyMap<ProviderId, PaymentProvider>,
): ReadonlyMap<ProviderId, PaymentProvider> {
  const noted = new Map<ProviderId, PaymentProvider>()
  for (const [id, provider] of providers) {
    const note = createNote(deps, id)
    noted.set(id, {
      ...provider,
      createInvoice: async (request) => note(await provider.createInvoice(request)),
      fetchStatus: async (reference) => note(await provider.fetchStatus(reference)),
    })
  }
  return noted
}

function createNote({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>, provider: ProviderId) {
  let last: Date | null = null
  return async <T>(answer: T): Promise<T> => {
    const now = clock.now()
    const isFresh = last !== null && !isBefore(now, last) && isBefore(now, addMs(last, restMs))
    if (isFresh) return answer
    last = now
    // The answer matters more than the note of it, which the next answer makes again.
    await db
      .em()
      .upsert(ProviderHealthEntity, { provider, answeredAt: now }, { onConflictMergeFields: ['answeredAt'] })
      .catch(() => {
        last = null
      })
    return answer
  }
}
