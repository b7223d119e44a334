import { CustomerEntity, type EntityManager, OrderEntity, SubscriptionEntity, sql } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import { recordReferral } from './record-referral.ts'

/**
 * `accepted` counts from now on; `already` has an inviter; `late` has had a trial or a purchase; `own` is the person's
 * own code, `circle` that of somebody whom the person invited; `unknown` is nobody's.
 */
export type InvitationOutcome = 'accepted' | 'already' | 'late' | 'own' | 'circle' | 'unknown'

/**
 * Counts an invitation of a person who is known but has had nothing yet: whoever wrote to the support bot first, or
 * pressed Start without the link. `recognizeCustomer` counts that of somebody new.
 */
export const acceptInvitation = (
  { db, clock }: Pick<ShopDeps, 'db' | 'clock'>,
  customerId: CustomerId,
  code: string,
): Promise<InvitationOutcome> =>
  db.transaction(async (em) => {
    const referrer = await em.findOne(CustomerEntity, { referralCode: code }, { fields: ['id'] })
    if (!referrer) return 'unknown'
    if (referrer.id === customerId) return 'own'
    // Two people who accept each other's invitations at once would close a circle.
    await sql`select pg_advisory_xact_lock(hashtext('invitations'))`.execute(em.getKysely())
    const customer = await em.findOneOrFail(CustomerEntity, { id: customerId })
    if (customer.referredById !== null) return 'already'
    if (customer.trialUsedAt !== null || (await hasBought(em, customerId))) return 'late'
    if (await isInvitedBy(em, referrer.id, customerId)) return 'circle'
    await em.nativeUpdate(CustomerEntity, { id: customerId }, { referredById: referrer.id })
    await recordReferral(em, { referrerId: referrer.id, friendId: customerId }, clock.now())
    return 'accepted'
  })

const hasBought = async (em: EntityManager, customerId: CustomerId): Promise<boolean> =>
  (await em.count(SubscriptionEntity, { customerId })) > 0 ||
  (await em.count(OrderEntity, { customerId, state: 'paid' })) > 0

/** Whether `inviter` stands above `person` in the chain of invitations. */
async function isInvitedBy(em: EntityManager, person: CustomerId, inviter: CustomerId): Promise<boolean> {
  const found = await em
    .getKysely()
    .withRecursive('chain', (db) =>
      db
        .selectFrom('customers')
        .where('id', '=', person)
        .select(['referred_by_id'])
        .union(
          db
            .selectFrom('chain')
            .innerJoin('customers', 'customers.id', 'chain.referred_by_id')
            .select(['customers.referred_by_id']),
        ),
    )
    .selectFrom('chain')
    .where('referred_by_id', '=', inviter)
    .select('referred_by_id')
    .executeTakeFirst()
  return found !== undefined
}
