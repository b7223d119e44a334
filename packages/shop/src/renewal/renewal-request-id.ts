import type { SubscriptionId } from '@vpn-kiosk/domain'

/** Names the order that pays for one end of a subscription, wherever the money comes from. */
export const renewalRequestId = (id: SubscriptionId, endsAt: Date): string => `renewal:${id}:${endsAt.getTime()}`
