import { Migration } from '@mikro-orm/migrations'

/**
 * The books owe sold time until it has passed, and money goes back through them. Payments from before have no sale: their
 * price was booked as revenue when it came.
 */
export class Books extends Migration {
  override up(): void {
    this.addSql(`create table "sales" (
        "payment_id" text not null primary key,
        "provider" text not null,
        "plan_id" text not null,
        "amount_minor" bigint not null,
        "currency" text not null,
        "deferred_minor" bigint not null,
        "sold_at" timestamptz not null,
        constraint "sales_deferred_within" check (deferred_minor >= 0 and deferred_minor <= amount_minor)
      )`)
    this.addSql(`create index "sales_sold_at_index" on "sales" ("sold_at")`)
    this.addSql(`create index "sales_deferred" on "sales" ("payment_id") where "deferred_minor" > 0`)
    this.addSql(`create table "recognized_revenue" (
        "day" timestamptz not null,
        "provider" text not null,
        "plan_id" text not null,
        "currency" text not null,
        "amount_minor" bigint not null,
        primary key ("day", "provider", "plan_id", "currency")
      )`)
    this.addSql(`create table "refunds" (
        "id" text not null primary key,
        "payment_id" text not null,
        "state" text not null,
        "source" text not null,
        "amount_minor" bigint not null,
        "currency" text not null,
        "request_id" text null,
        "requested_by" bigint null,
        "reference" text null,
        "reason" text null,
        "tries" int not null,
        "next_try_at" timestamptz null,
        "created_at" timestamptz not null,
        "closed_at" timestamptz null,
        constraint "refunds_amount_positive" check (amount_minor > 0)
      )`)
    this.addSql(`alter table "refunds" add constraint "refunds_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`)
    this.addSql(`create index "refunds_closed_at_index" on "refunds" ("closed_at")`)
    this.addSql(`create index "refunds_payment_id_index" on "refunds" ("payment_id")`)
    this.addSql(`alter table "refunds" add constraint "refunds_payment_id_request_id_unique" unique ("payment_id", "request_id")`)
    this.addSql(`create unique index "refunds_one_open" on "refunds" ("payment_id") where "state" in ('requested', 'pending')`)
    this.addSql(`create index "refunds_due" on "refunds" ("next_try_at") where "state" in ('requested', 'pending')`)
    this.addSql(`alter table "referrals" add column "payment_id" text null`)
  }
}
