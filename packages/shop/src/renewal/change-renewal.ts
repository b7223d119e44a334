import { type EntityManager, RenewalEntity, type RenewalRow } from '@vpn-kiosk/db'
import type { SubscriptionId } from '@vpn-kiosk/domain'

type RenewalChange = Partial<Omit<RenewalRow, 'subscriptionId'>>

export const changeRenewal = (em: EntityManager, subscriptionId: SubscriptionId, change: RenewalChange) =>
  em.nativeUpdate(RenewalEntity, { subscriptionId }, change)
