import { Migration } from '@mikro-orm/migrations'

/** Customers by age in one order, also where thousands were brought in at one instant. */
export class CustomersByAge extends Migration {
  override up(): void {
    this.addSql('create index "customers_created_at_id_index" on "customers" ("created_at", "id")')
  }
}
