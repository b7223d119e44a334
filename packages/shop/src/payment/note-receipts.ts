import { ProviderHealthEntity } from '@vpn-kiosk/db'
import type { PaymentProvider } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The provider says by its refusal, ahead of the next probe, that its account sends receipts. */
export const noteReceipts = ({ db }: Pick<ShopDeps, 'db'>, { id: provider }: PaymentProvider) =>
  db.em().upsert(ProviderHealthEntity, { provider, needsReceipts: true }, { onConflictMergeFields: ['needsReceipts'] })
