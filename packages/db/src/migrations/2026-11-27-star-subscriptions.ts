import { Migration } from '@mikro-orm/migrations'

/** Stars that Telegram charges a customer every 30 days. */
export class StarSubscriptions extends Migration {
  override up(): void {
    this.addSql(`create table "star_subscriptions" (
        "payment_id" text not null,
        "customer_id" text not null,
        "amount_minor" bigint not null,
        "paid_until" timestamptz not null,
        "is_canceled" boolean not null default false,
        "told_canceled" boolean not null default false,
        "created_at" timestamptz not null,
        primary key ("payment_id")
      )`)
    this.addSql(`alter table "star_subscriptions" add constraint "star_subscriptions_payment_id_foreign" foreign key ("payment_id") references "payments" ("id") on update cascade on delete cascade`)
    this.addSql(`alter table "star_subscriptions" add constraint "star_subscriptions_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql('create index "star_subscriptions_customer_id_index" on "star_subscriptions" ("customer_id")')
    this.addSql(`create index "star_subscriptions_untold" on "star_subscriptions" ("payment_id") where "is_canceled" <> "told_canceled"`)
    this.addSql('alter table "star_charges" add column "subscription_id" text null')
    this.addSql('create index "star_charges_subscription_id_index" on "star_charges" ("subscription_id")')
  }
}
