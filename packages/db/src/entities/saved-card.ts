import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { CardId, ProviderId } from '@vpn-kiosk/domain'
import { at, id, text } from './columns.ts'
import { CustomerEntity } from './customer.ts'

/** What a customer let a provider keep for later charges: a card, or another way to pay. One at a time for each provider. */
export const SavedCardEntity = defineEntity({
  name: 'SavedCard',
  tableName: 'saved_cards',
  indexes: [
    {
      name: 'saved_cards_one_active',
      expression: `create unique index "saved_cards_one_active" on "saved_cards" ("customer_id", "provider") where "removed_at" is null`,
    },
  ],
  properties: {
    id: id<CardId>().primary(),
    customerId: () => p.manyToOne(CustomerEntity).mapToPk().fieldName('customer_id').index(),
    provider: text<ProviderId>(),
    /** The provider's own id of it, sealed; null once it is removed. */
    secret: text().strictNullable(),
    /** For people to read: `Visa •• 4242`. */
    title: text(),
    createdAt: at(),
    removedAt: at().strictNullable().index(),
  },
})
export type SavedCardRow = InferEntity<typeof SavedCardEntity>
