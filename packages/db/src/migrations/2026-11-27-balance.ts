import { Migration } from '@mikro-orm/migrations'

/** Orders that top up a customer's balance. Processes of an earlier commit neither make nor settle them. */
export class Balance extends Migration {
  override up(): void {
    this.addSql(`alter table "orders" add column "kind" text not null default 'plan'`)
    this.addSql(`alter table "orders" alter column "plan_id" drop not null`)
  }
}
