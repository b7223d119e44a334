import type { MigrationObject } from '@mikro-orm/core'
import { Guards } from './2026-11-21-guards.ts'
import { Initial } from './2026-11-21-initial.ts'
import { NoticesQueuedAt } from './2026-11-21-notices-queued-at.ts'
import { ProcessSigns } from './2026-11-26-process-signs.ts'
import { PaymentsTold } from './2026-11-26-payments-told.ts'
import { EditableServers } from './2026-11-26-editable-servers.ts'
import { EndpointRests } from './2026-11-26-endpoint-rests.ts'
import { Notifications } from './2026-11-26-notifications.ts'
import { Places } from './2026-11-26-places.ts'
import { TicketPlaces } from './2026-11-26-ticket-places.ts'
import { Stretches } from './2026-11-26-stretches.ts'
import { Retention } from './2026-11-26-retention.ts'
import { RevenueSlots } from './2026-11-26-revenue-slots.ts'
import { WebhooksTold } from './2026-11-26-webhooks-told.ts'
import { CustomerSearch } from './2026-11-26-customer-search.ts'
import { AccessCauses } from './2026-11-26-access-causes.ts'
import { CustomersByAge } from './2026-11-26-customers-by-age.ts'
import { OrderLimits } from './2026-11-26-order-limits.ts'
import { PaymentDecisions } from './2026-11-26-payment-decisions.ts'
import { PlainNames } from './2026-11-26-plain-names.ts'
import { Unused } from './2026-11-26-unused.ts'

/** In the order in which they run. Append only: a migration that was released is never edited. */
export const migrations: MigrationObject[] = [
  { name: '2026-11-21-initial', class: Initial },
  { name: '2026-11-21-guards', class: Guards },
  { name: '2026-11-21-notices-queued-at', class: NoticesQueuedAt },
  { name: '2026-11-26-process-signs', class: ProcessSigns },
  { name: '2026-11-26-payments-told', class: PaymentsTold },
  { name: '2026-11-26-editable-servers', class: EditableServers },
  { name: '2026-11-26-endpoint-rests', class: EndpointRests },
  { name: '2026-11-26-notifications', class: Notifications },
  { name: '2026-11-26-places', class: Places },
  { name: '2026-11-26-ticket-places', class: TicketPlaces },
  { name: '2026-11-26-stretches', class: Stretches },
  { name: '2026-11-26-retention', class: Retention },
  { name: '2026-11-26-revenue-slots', class: RevenueSlots },
  { name: '2026-11-26-webhooks-told', class: WebhooksTold },
  { name: '2026-11-26-customer-search', class: CustomerSearch },
  { name: '2026-11-26-access-causes', class: AccessCauses },
  { name: '2026-11-26-customers-by-age', class: CustomersByAge },
  { name: '2026-11-26-order-limits', class: OrderLimits },
  { name: '2026-11-26-payment-decisions', class: PaymentDecisions },
  { name: '2026-11-26-plain-names', class: PlainNames },
  { name: '2026-11-26-unused', class: Unused },
]
