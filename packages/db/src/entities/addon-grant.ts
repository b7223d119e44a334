import { defineEntity, p } from '@mikro-orm/core'
import type { AddonKind } from '@vpn-kiosk/domain'
import { at, bigint, int, text } from './columns.ts'
import { PaymentEntity } from './payment.ts'
import { PeriodEntity } from './subscription.ts'

/** What a payment's add-on gave to a stretch: once a payment. */
export const AddonGrantEntity = defineEntity({
  name: 'AddonGrant',
  tableName: 'addon_grants',
  properties: {
    paymentId: () =>
      p
        .oneToOne(PaymentEntity)
        .primary()
        .mapToPk()
        .fieldName('payment_id')
        .deleteRule('no action')
        .updateRule('no action'),
    periodId: () => p.manyToOne(PeriodEntity).mapToPk().fieldName('period_id').index(),
    kind: text<AddonKind>(),
    /** Devices, or gibibytes. */
    amount: int(),
    /** So much of the amount was taken back by refunds. */
    taken: int().default(0),
    /** What was left of the stretch when it was granted, and the stretch's whole length. */
    restMs: bigint(),
    lengthMs: bigint(),
    grantedAt: at(),
  },
})
