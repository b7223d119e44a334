import type { CancelReason } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

export type SettlePaymentDeps = Pick<
  ShopDeps,
  'db' | 'queue' | 'clock' | 'providers' | 'drivers' | 'vault' | 'policy' | 'checkpoint'
>

export type SettlePaymentResult =
  | { readonly kind: 'settled' }
  | { readonly kind: 'already_settled' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'canceled'; readonly reason: CancelReason }
  | { readonly kind: 'mismatch' }
  /** The provider answered, and not in a way that says how the payment stands. It is asked again. */
  | { readonly kind: 'provider_unavailable' }
  | { readonly kind: 'unknown_payment' }
