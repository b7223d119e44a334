import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Currency, RenewalEnd, RenewalSource, RenewalStep } from '@vpn-kiosk/domain'
import { at, bigint, text } from './columns.ts'
import { SubscriptionEntity } from './subscription.ts'

/** Auto-renewal of a subscription, for whoever has ever switched it on. The rules are in `domain/renewal/renewal.ts`. */
export const RenewalEntity = defineEntity({
  name: 'Renewal',
  tableName: 'renewals',
  indexes: [
    {
      name: 'renewals_due',
      expression: `create index "renewals_due" on "renewals" ("next_at") where "next_at" is not null`,
    },
  ],
  properties: {
    subscriptionId: () => p.oneToOne(SubscriptionEntity).primary().mapToPk().fieldName('subscription_id'),
    source: text<RenewalSource>(),
    /** When something is to be done; null where it is off. */
    nextAt: at().strictNullable(),
    /** The end that the steps are for, and the last of them that was taken. */
    endsAt: at().strictNullable(),
    doneStep: text<RenewalStep>().strictNullable(),
    /** What the customer was told last, or agreed to. */
    announcedMinor: bigint().strictNullable(),
    announcedCurrency: text<Currency>().strictNullable(),
    /** When this end was announced; null where there was no word of it yet. */
    announcedAt: at().strictNullable(),
    /** Null where it is on. */
    offReason: text<RenewalEnd>().strictNullable(),
    switchedAt: at(),
  },
})
export type RenewalRow = InferEntity<typeof RenewalEntity>
