import { ProviderHealthEntity } from '@vpn-kiosk/db'
import type { PaymentProvider } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** The provider says by its refusal that its account may not keep what is paid with: nobody is offered that for a day. */
export const noteSavingRefused = ({ db, clock }: Pick<ShopDeps, 'db' | 'clock'>, { id: provider }: PaymentProvider) =>
  db
    .em()
    .upsert(
      ProviderHealthEntity,
      { provider, savingRefusedAt: clock.now() },
      { onConflictMergeFields: ['savingRefusedAt'] },
    )
