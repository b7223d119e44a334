import { PromoBatchEntity } from '@vpn-kiosk/db'
import type { Id } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'
import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'

export interface PromoBatch {
  readonly id: Id<'batch'>
  /** Empty where nothing is common to its codes. */
  readonly prefix: string
  readonly count: number
  readonly createdAt: Date
}

const shown = 10

/** Codes that were made many at a time and were not stopped, the newest first. */
export const listPromoBatches = (deps: Pick<ShopDeps, 'db' | 'policy'>, actor: Actor): Promise<Seen<PromoBatch[]>> =>
  readIfPermitted(deps, actor, 'change_plans', async () => {
    const rows = await deps.db
      .em()
      .find(PromoBatchEntity, { stoppedAt: null }, { orderBy: { createdAt: 'desc' }, limit: shown })
    return rows.map(({ id, prefix, count, createdAt }) => ({ id, prefix, count, createdAt }))
  })
