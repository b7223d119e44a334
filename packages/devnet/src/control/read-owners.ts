import { accountOf } from '@vpn-kiosk/domain'
import type { Devnet } from '../create-devnet.ts'

/** Whose each account on the servers is: the account's name to the customer's. */
export async function readOwners({ app }: Pick<Devnet, 'app'>): Promise<ReadonlyMap<string, string>> {
  const rows = await app.db
    .getKysely()
    .selectFrom('accesses as a')
    .innerJoin('subscriptions as s', 's.id', 'a.subscription_id')
    .innerJoin('customers as c', 'c.id', 's.customer_id')
    .select(['a.id', 'c.first_name'])
    .execute()
  return new Map(rows.map(({ id, first_name }) => [accountOf(id), first_name]))
}
