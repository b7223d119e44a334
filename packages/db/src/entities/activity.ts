import { defineEntity, p } from '@mikro-orm/core'
import { at, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/** What customers did, for analytics: `start`, `trial`, `checkout`, `paid` … */
export const ActivityEntity = defineEntity({
  name: 'Activity',
  tableName: 'activities',
  indexes: [{ properties: ['kind', 'at'] }],
  properties: {
    id: p.bigint('bigint').primary().autoincrement(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').index(),
    kind: text(),
    at: at(),
  },
})
