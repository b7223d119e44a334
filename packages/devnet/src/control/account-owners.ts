import { type AccessId, accountOf } from '@vpn-kiosk/domain'
import type { Devnet } from '../create-devnet.ts'

/** Whose each account on the servers is: the account's name to the customer's. */
export async function readOwners({ app }: Pick<Devnet, 'app'>): Promise<ReadonlyMap<string, string>> {
  const rows: { id: AccessId; first_name: string }[] = await app.db.em().execute(
    `select accesses.id, customers.first_name from accesses
       join subscriptions on subscriptions.id = accesses.subscription_id
       join customers on customers.id = subscriptions.customer_id`,
  )
  return new Map(rows.map(({ id, first_name }) => [accountOf(id), first_name]))
}
