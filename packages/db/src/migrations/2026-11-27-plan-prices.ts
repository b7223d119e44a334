import { Migration } from '@mikro-orm/migrations'

/** A plan has further prices beside its own, one a currency: for providers that do not collect in its own. */
export class PlanPrices extends Migration {
  override up(): void {
    this.addSql(`create table "plan_prices" (
        "plan_id" text not null,
        "currency" text not null,
        "amount_minor" bigint not null,
        primary key ("plan_id", "currency"),
        constraint "plan_prices_amount_positive" check (amount_minor > 0)
      )`)
    this.addSql(
      `alter table "plan_prices" add constraint "plan_prices_plan_id_foreign" foreign key ("plan_id") references "plans" ("id")`,
    )
  }
}
