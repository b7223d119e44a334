import { Migration } from '@mikro-orm/migrations'

/** More devices and traffic for the stretch that runs, on top of what a plan gives. */
export class Addons extends Migration {
  override up(): void {
    this.addSql(`create table "addons" (
        "id" text not null primary key,
        "request_id" text not null,
        "kind" text not null,
        "amount" int not null,
        "price_minor" bigint not null,
        "currency" text not null,
        "is_active" boolean not null,
        "created_at" timestamptz not null,
        constraint "addons_worth_something" check (price_minor > 0 and amount > 0)
      )`)
    this.addSql(`alter table "addons" add constraint "addons_request_id_unique" unique ("request_id")`)
    this.addSql(`create table "addon_prices" (
        "addon_id" text not null,
        "currency" text not null,
        "amount_minor" bigint not null,
        primary key ("addon_id", "currency"),
        constraint "addon_prices_amount_positive" check (amount_minor > 0)
      )`)
    this.addSql(
      `alter table "addon_prices" add constraint "addon_prices_addon_id_foreign" foreign key ("addon_id") references "addons" ("id")`,
    )
    this.addSql(`create table "addon_grants" (
        "payment_id" text not null primary key,
        "period_id" text not null,
        "kind" text not null,
        "amount" int not null,
        "taken" int not null default 0,
        "rest_ms" bigint not null,
        "length_ms" bigint not null,
        "granted_at" timestamptz not null
      )`)
    this.addSql(
      `alter table "addon_grants" add constraint "addon_grants_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`,
    )
    this.addSql(
      `alter table "addon_grants" add constraint "addon_grants_period_id_foreign" foreign key ("period_id") references "subscription_periods" ("id")`,
    )
    this.addSql(`create index "addon_grants_period_id_index" on "addon_grants" ("period_id")`)
    this.addSql(`alter table "orders" add column "addon_id" text null, add column "addon_period_id" text null`)
    this.addSql(
      `alter table "orders" add constraint "orders_addon_id_foreign" foreign key ("addon_id") references "addons" ("id")`,
    )
    this.addSql(
      `alter table "orders" add constraint "orders_addon_period_id_foreign" foreign key ("addon_period_id") references "subscription_periods" ("id")`,
    )
  }
}
