import { Migration } from '@mikro-orm/migrations'

/** Revenue by quarter hours, so that no screen adds up a month of the books. A job fills it from them. */
export class RevenueSlots extends Migration {
  override up(): void {
    this.addSql(`create table "revenue_slots" (
        "starts_at" timestamptz not null,
        "currency" text not null,
        "amount_minor" bigint not null,
        primary key ("starts_at", "currency")
      )`)
  }
}
