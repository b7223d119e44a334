import { sql } from '@vpn-kiosk/db'
import { mostGraceHours, mostReferralPercent } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { type Offer, offerKey, readOffer } from './read-offer.ts'
import { remember } from './remember.ts'

export type ChangeOfferResult =
  | { readonly kind: 'changed'; readonly offer: Offer }
  | { readonly kind: 'invalid_offer'; readonly field: keyof Offer }
  /** Another has changed what `was` names. */
  | { readonly kind: 'changed_meanwhile' }
  | Forbidden

const mostDays = 365
const mostFreezes = 12

const limits = [
  ['trialDays', mostDays],
  ['referralBonusDays', mostDays],
  ['friendBonusDays', mostDays],
  ['referralPercent', mostReferralPercent],
  ['referralPercentSecond', mostReferralPercent],
  ['freezeDays', mostDays],
  ['graceHours', mostGraceHours],
  ['freezesPerYear', mostFreezes],
] as const

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most

/**
 * Sets the trial's length, what an invitation brings and whether to sell without room; trials and bonuses that were given before
 * stay. `was` is what the writer saw: where it is another by now, nothing is changed.
 */
export async function changeOffer(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  change: Partial<Offer>,
  was: Partial<Offer> = {},
): Promise<ChangeOfferResult> {
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    await sql`select pg_advisory_xact_lock(hashtext(${offerKey}))`.execute(em.getKysely())
    const before = await readOffer(deps, em)
    const isStale = Object.entries(was).some(([field, value]) => before[field as keyof Offer] !== value)
    if (isStale) return { kind: 'changed_meanwhile' }
    const offer = { ...before, ...change }
    const wrong = limits.find(([field, most]) => !isWithin(offer[field], most))
    if (wrong) return { kind: 'invalid_offer', field: wrong[0] }
    const now = deps.clock.now()
    await remember(deps, offerKey, offer, em)
    const note = { actor: auditedActor(actor), action: 'change_offer', subject: offerKey }
    await recordAudit(em, { ...note, before: { ...before }, after: { ...offer } }, now)
    return { kind: 'changed', offer }
  })
}
