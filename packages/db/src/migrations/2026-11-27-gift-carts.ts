import { Migration } from '@mikro-orm/migrations'

/** A top-up may have been made for a gift. */
export class GiftCarts extends Migration {
  override up(): void {
    this.addSql('alter table "orders" add column "buys_gift" boolean not null default false')
  }
}
