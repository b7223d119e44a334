import { Migration } from '@mikro-orm/migrations'

/** Codes that give days or balance, and who redeemed them. */
export class PromoCodes extends Migration {
  override up(): void {
    this.addSql(`create table "promo_codes" (
        "id" text not null primary key,
        "code" text not null,
        "days" int not null,
        "amount_minor" bigint not null,
        "currency" text not null,
        "uses" int not null,
        "most_uses" int null,
        "is_for_newcomers" boolean not null,
        "ends_at" timestamptz null,
        "stopped_at" timestamptz null,
        "created_at" timestamptz not null,
        constraint "promo_codes_one_gift" check ((days > 0) <> (amount_minor > 0))
      )`)
    this.addSql(`alter table "promo_codes" add constraint "promo_codes_code_unique" unique ("code")`)
    this.addSql(`create index "promo_codes_created_at_index" on "promo_codes" ("created_at")`)
    this.addSql(`create table "promo_uses" (
        "promo_id" text not null,
        "customer_id" text not null,
        "used_at" timestamptz not null,
        primary key ("promo_id", "customer_id")
      )`)
    this.addSql(`alter table "promo_uses" add constraint "promo_uses_promo_id_foreign" foreign key ("promo_id") references "promo_codes" ("id")`)
    this.addSql(`alter table "promo_uses" add constraint "promo_uses_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`create index "promo_uses_customer_id_index" on "promo_uses" ("customer_id")`)
  }
}
