import { HeldDiscountEntity } from '@vpn-kiosk/db'
import { type DiscountGroup, type HappyHours, isDiscountGroup, isPercentOff, mostGroups } from '@vpn-kiosk/domain'
import { recordAudit } from '../audit/record-audit.ts'
import type { ShopDeps } from '../deps.ts'
import { remember } from '../setting/remember.ts'
import { auditedActor } from '../staff/audited-actor.ts'
import { type Actor, type Forbidden, hasPermission } from '../staff/has-permission.ts'
import { lockDiscountSettings } from './lock-discount-settings.ts'
import { type DiscountSettings, discountsKey, readDiscountSettings } from './read-discount-settings.ts'

/** One change at a time, so that two people who change something at once keep both. */
export type DiscountSettingsChange =
  | { readonly kind: 'add_hours' | 'drop_hours'; readonly hours: HappyHours }
  /** A group of the same id is changed. */
  | { readonly kind: 'save_group'; readonly group: DiscountGroup }
  /** Its members have what they have otherwise. */
  | { readonly kind: 'drop_group'; readonly id: string }
  | { readonly kind: 'win_back'; readonly winBack: DiscountSettings['winBack'] }

export type ChangeDiscountSettingsResult =
  | {
      readonly kind:
        | 'changed'
        | 'invalid_hours'
        | 'invalid_offer'
        | 'invalid_group'
        | 'too_many_hours'
        | 'too_many_groups'
    }
  | Forbidden

const mostHappyHours = 10
const mostDays = 60

/** Sets the happy hours or the offer of winning back. Orders that are open keep their price, offers that were made their end. */
export async function changeDiscountSettings(
  deps: Pick<ShopDeps, 'db' | 'clock' | 'policy'>,
  actor: Actor,
  change: DiscountSettingsChange,
): Promise<ChangeDiscountSettingsResult> {
  if (change.kind === 'add_hours' && !isRight(change.hours)) return { kind: 'invalid_hours' }
  if (change.kind === 'win_back' && !isRightOffer(change.winBack)) return { kind: 'invalid_offer' }
  if (change.kind === 'save_group' && !isDiscountGroup(change.group)) return { kind: 'invalid_group' }
  return deps.db.transaction(async (em) => {
    if (!(await hasPermission(deps, actor, 'change_plans', em))) return { kind: 'forbidden' }
    await lockDiscountSettings(em)
    const before = await readDiscountSettings(em)
    const after = apply(before, change)
    if (after.happyHours.length > mostHappyHours) return { kind: 'too_many_hours' }
    if (after.groups.length > mostGroups) return { kind: 'too_many_groups' }
    if (change.kind === 'drop_group') await em.nativeDelete(HeldDiscountEntity, { cause: 'group', groupId: change.id })
    await remember(deps, discountsKey, after, em)
    const note = { actor: auditedActor(actor), action: 'change_discounts', subject: discountsKey }
    await recordAudit(em, { ...note, before: { ...before }, after: { ...after } }, deps.clock.now())
    return { kind: 'changed' }
  })
}

function apply(before: DiscountSettings, change: DiscountSettingsChange): DiscountSettings {
  switch (change.kind) {
    case 'win_back':
      return { ...before, winBack: change.winBack }
    case 'save_group':
      return { ...before, groups: [...before.groups.filter(({ id }) => id !== change.group.id), change.group] }
    case 'drop_group':
      return { ...before, groups: before.groups.filter(({ id }) => id !== change.id) }
    default:
      return { ...before, happyHours: hoursAfter(before, change) }
  }
}

function hoursAfter(
  before: DiscountSettings,
  change: Extract<DiscountSettingsChange, { readonly hours: HappyHours }>,
): readonly HappyHours[] {
  const others = before.happyHours.filter((one) => !isSame(one, change.hours))
  return change.kind === 'add_hours' ? [...others, change.hours] : others
}

const isSame = (a: HappyHours, b: HappyHours): boolean =>
  a.fromMinute === b.fromMinute &&
  a.untilMinute === b.untilMinute &&
  a.percent === b.percent &&
  a.weekdays.join() === b.weekdays.join()

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most

const isRight = ({ weekdays, fromMinute, untilMinute, percent }: HappyHours): boolean =>
  weekdays.length > 0 &&
  weekdays.every((day) => isWhole(day, 1, 7)) &&
  isWhole(fromMinute, 0, 1439) &&
  isWhole(untilMinute, 1, 1440) &&
  fromMinute !== untilMinute &&
  isPercentOff(percent)

const isRightOffer = ({ percent, days }: DiscountSettings['winBack']): boolean =>
  (percent === 0 || isPercentOff(percent)) && isWhole(days, 1, mostDays)
