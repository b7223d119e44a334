import type { EndpointId } from '@vpn-kiosk/domain'
import type { EndpointChange, OfferedChoice } from '@vpn-kiosk/shop'

/** What waits for one more word of the admin. In memory only: it may hold a new password. */
export type PendingChange =
  /** A change that the endpoint did not take as it was: a certificate to confirm, a one-time code to give. */
  | {
      readonly kind: 'change'
      readonly endpointId: EndpointId
      readonly change: EndpointChange
      readonly fingerprint: string | null
    }
  /** What of the endpoint is sold, as it is being ticked. */
  | {
      readonly kind: 'inbounds'
      readonly endpointId: EndpointId
      readonly choices: readonly OfferedChoice[]
      readonly chosen: readonly string[]
      readonly missing: readonly string[]
    }
  /** It was saved: whoever pressed twice is shown the same screen again. */
  | { readonly kind: 'saved'; readonly endpointId: EndpointId; readonly outcome: 'up' | 'degraded' }

/** Both changes as one; the later one wins. */
export const joinChanges = (one: EndpointChange, other: EndpointChange): EndpointChange => ({
  settings: { ...one.settings, ...other.settings },
  ...(one.secrets || other.secrets ? { secrets: { ...one.secrets, ...other.secrets } } : {}),
})
