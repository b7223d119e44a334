import { runStatement } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { ShopDeps } from '../deps.ts'

/** Whether broadcasts reach a customer from now on; whoever a running one has written down already is still told. */
export async function switchNews(
  { db }: Pick<ShopDeps, 'db'>,
  customerId: CustomerId,
  { isOn }: { readonly isOn: boolean },
): Promise<void> {
  await runStatement(
    db.em(),
    `update customers set notifications = notifications || jsonb_build_object('news', $2::boolean) where id = $1`,
    [customerId, isOn],
  )
}
