import type { CustomerId, PlanId, ProviderId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type StartPurchaseDeps = Pick<
  ShopDeps,
  'db' | 'queue' | 'clock' | 'providers' | 'checkpoint' | 'policy' | 'drivers' | 'vault'
>

export interface StartPurchaseInput {
  readonly customerId: CustomerId
  readonly planId: PlanId
  /** For somebody else; absent = for the customer. */
  readonly kind?: 'gift'
  readonly providerId: ProviderId
  /** One of the provider's ways to pay; absent = its page with all of them. */
  readonly method?: string | undefined
  /** The customer wishes that what is paid with is kept for auto-renewal. */
  readonly savesCard?: boolean
  /** Where the payer comes back to: the bot's own link. */
  readonly returnUrl: string
  /** What the payer reads on the provider's page. */
  readonly description: string
  /** Of the button that was pressed: pressed again, it finds what the first press made, also once that is paid. */
  readonly requestId?: string
  /** The price that was shown, in minor units of the plan's currency: no order is made for more. */
  readonly shownMinor?: bigint
}
