import { PlanEntity, StaffEntity } from '@vpn-kiosk/db'
import type { PlanId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import { getShop, type ShopFace } from './get-shop.ts'
import { type Offer, offerKey, readOffer } from './read-offer.ts'

export interface LastChange {
  readonly at: Date
  /** `operator`: whoever has a shell on the machine. `gone`: who has no role any more. */
  readonly by: 'owner' | 'operator' | 'staff' | 'gone'
  /** Of `staff`; '' for the others. */
  readonly name: string
}

export interface Settings {
  readonly offer: Offer
  readonly shop: ShopFace
  /** What a trial holds; null when the shop has none. */
  readonly trial: {
    readonly planId: PlanId
    readonly trafficLimitBytes: bigint | null
    readonly deviceLimit: number
  } | null
  /** IANA name, from the configuration. */
  readonly timeZone: string
  /** Null where nobody has changed anything yet. */
  readonly offerChanged: LastChange | null
  readonly shopChanged: LastChange | null
}

type Deps = Pick<ShopDeps, 'db' | 'policy'>

/** What the shop's people may choose, how it is now, and who chose it last. */
export const getSettings = (deps: Deps, actor: Actor): Promise<Seen<Settings>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const trial = await deps.db.em().findOne(PlanEntity, { isTrial: true, isActive: true })
    return {
      offer: await readOffer(deps),
      shop: await getShop(deps),
      trial: trial && {
        planId: trial.id,
        trafficLimitBytes: trial.trafficLimitBytes,
        deviceLimit: trial.deviceLimit,
      },
      timeZone: deps.policy.timeZone,
      offerChanged: await readLastChange(deps, offerKey),
      shopChanged: await readLastChange(deps, 'shop'),
    }
  })

async function readLastChange({ db, policy }: Deps, subject: string): Promise<LastChange | null> {
  const row = await db
    .getKysely()
    .selectFrom('audit_log')
    .select(['actor_telegram_id', 'at'])
    .where('subject', '=', subject)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const { at } = row
  if (row.actor_telegram_id === null) return { at, by: 'operator', name: '' }
  const telegramId = BigInt(row.actor_telegram_id)
  if (telegramId === policy.ownerTelegramId) return { at, by: 'owner', name: '' }
  const staff = await db.em().findOne(StaffEntity, { telegramId })
  return staff ? { at, by: 'staff', name: staff.name } : { at, by: 'gone', name: '' }
}
