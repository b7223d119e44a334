import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '@vpn-kiosk/domain'
import { at, id, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'
import { PlanEntity } from './plan.ts'

/** A paid period that waits for whoever redeems its code. */
export const GiftEntity = defineEntity({
  name: 'Gift',
  tableName: 'gifts',
  properties: {
    id: id<Id<'gift'>>().primary(),
    code: text().unique(),
    planId: () => p.manyToOne(PlanEntity).mapToPk().fieldName('plan_id'),
    buyerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('buyer_id'),
    redeemedById: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('redeemed_by_id').strictNullable(),
    redeemedAt: at().strictNullable(),
    createdAt: at(),
  },
})
