import type { Actor, Seen } from '../staff/has-permission.ts'
import { readIfPermitted } from '../staff/read-if-permitted.ts'
import type { CustomerCard, Deps } from './get-customer-card.ts'
import { readCard } from './get-customer-card.ts'

/** A customer's card by Telegram id, e.g. of the author of a ticket; null for a stranger. */
export const findCustomerCard = (deps: Deps, actor: Actor, telegramId: bigint): Promise<Seen<CustomerCard | null>> =>
  readIfPermitted(deps, actor, 'see_customers', () => readCard(deps, { telegramId }))
