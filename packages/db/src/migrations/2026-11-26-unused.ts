import { Migration } from '@mikro-orm/migrations'

/**
 * Takes away two tables that no code has ever read or written. The columns that nothing reads any more stay for now
 * (`orders.promo_code_id`, `customers.is_server_automatic`, `subscriptions.is_auto_renewed`, `tickets.rating`):
 * processes of the commit before select and write them. They may go with any later commit.
 */
export class Unused extends Migration {
  override up(): void {
    this.addSql(`alter table "orders" drop constraint "orders_promo_code_id_foreign"`)
    this.addSql(`drop table "promo_codes"`)
    this.addSql(`drop table "gifts"`)
  }
}
