import { type EntityManager, PaymentEntity } from '@vpn-kiosk/db'
import { type LedgerEntry, lossPosting, type Money, money, newId, unclaimedPosting } from '@vpn-kiosk/domain'
import { writePosting } from '../ledger/write-posting.ts'
import type { StoredPayment } from './find-payment.ts'

/** `lost`: the provider does not have it. `unclaimed`: it was held for a decision, and nobody claims it. */
export type WriteOffKind = 'lost' | 'unclaimed'

/** What a write-off of a payment posts; of a negative amount, what undoes it. */
export const writeOffEntries = (
  kind: WriteOffKind,
  { provider }: Pick<StoredPayment, 'provider'>,
  amount: Money,
): LedgerEntry[] => (kind === 'lost' ? lossPosting(provider, amount) : unclaimedPosting(amount))

/** Books back what was written off of a payment, whose row is locked. Null where nothing was. */
export async function reverseWriteOff(
  em: EntityManager,
  payment: Pick<StoredPayment, 'id' | 'provider'>,
  kind: WriteOffKind,
  at: Date,
): Promise<Money | null> {
  const row = await em
    .getKysely()
    .selectFrom('payments')
    .select(['written_off_minor', 'received_currency'])
    .where('id', '=', payment.id)
    .where('written_off_minor', '>', '0')
    .executeTakeFirst()
  if (!row?.written_off_minor || row.received_currency === null) return null
  const back = money(BigInt(row.written_off_minor), row.received_currency)
  const entries = writeOffEntries(kind, payment, money(-back.minor, back.currency))
  await writePosting(em, {
    paymentId: payment.id,
    at,
    posting: { key: `write_off_undone:${newId('posting')}`, entries },
  })
  await em.nativeUpdate(PaymentEntity, { id: payment.id }, { writtenOffMinor: null })
  return back
}
