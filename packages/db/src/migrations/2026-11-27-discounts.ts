import { Migration } from '@mikro-orm/migrations'

/** Codes that take something off the next purchase, what customers hold, and what was off each order. */
export class Discounts extends Migration {
  override up(): void {
    this.addSql(`create table "promo_batches" (
        "id" text not null primary key,
        "request_id" text not null,
        "prefix" text not null,
        "count" int not null,
        "stopped_at" timestamptz null,
        "created_at" timestamptz not null
      )`)
    this.addSql(`alter table "promo_batches" add constraint "promo_batches_request_id_unique" unique ("request_id")`)
    this.addSql(`create index "promo_batches_created_at_index" on "promo_batches" ("created_at")`)
    this.addSql(`alter table "promo_codes"
        add column "percent" int not null default 0,
        add column "off_minor" bigint not null default '0',
        add column "most_uses_each" int not null default 1,
        add column "plan_ids" jsonb null,
        add column "starts_at" timestamptz null,
        add column "batch_id" text null`)
    this.addSql(`alter table "promo_codes" add constraint "promo_codes_batch_id_foreign" foreign key ("batch_id") references "promo_batches" ("id")`)
    this.addSql(`alter table "promo_codes" drop constraint "promo_codes_one_gift"`)
    this.addSql(`alter table "promo_codes" add constraint "promo_codes_gives_one"
        check ((days > 0)::int + (amount_minor > 0)::int + (percent > 0)::int + (off_minor > 0)::int = 1)`)
    this.addSql(`create index "promo_codes_batch" on "promo_codes" ("batch_id", "code") where "batch_id" is not null`)
    this.addSql(`create table "held_discounts" (
        "customer_id" text not null,
        "cause" text not null,
        "promo_id" text null,
        "percent" int not null default 0,
        "held_at" timestamptz not null,
        "ends_at" timestamptz null,
        primary key ("customer_id", "cause")
      )`)
    this.addSql(`alter table "held_discounts" add constraint "held_discounts_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "held_discounts" add constraint "held_discounts_promo_id_foreign" foreign key ("promo_id") references "promo_codes" ("id")`)
    this.addSql(`alter table "orders"
        add column "discount_minor" bigint not null default '0',
        add column "discount_cause" text null,
        add column "promo_id" text null,
        add column "promo_taken" boolean not null default false`)
    this.addSql(`alter table "orders" add constraint "orders_promo_id_foreign" foreign key ("promo_id") references "promo_codes" ("id")`)
    this.addSql(`create index "orders_promo_taken" on "orders" ("customer_id", "promo_id") where "promo_taken"`)
    this.addSql(`create index "orders_promo_unpaid" on "orders" ("expires_at") where "promo_taken" and "state" = 'expired'`)
    this.addSql(`create index "orders_discounted" on "orders" ("paid_at") where "discount_minor" > 0`)
  }
}
