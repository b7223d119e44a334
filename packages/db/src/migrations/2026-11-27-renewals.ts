import { Migration } from '@mikro-orm/migrations'

/** Subscriptions that are bought again by themselves: how each stands, and when something is to be done. */
export class Renewals extends Migration {
  override up(): void {
    this.addSql(`create table "renewals" (
        "subscription_id" text not null,
        "source" text not null,
        "next_at" timestamptz null,
        "ends_at" timestamptz null,
        "done_step" text null,
        "announced_minor" bigint null,
        "announced_currency" text null,
        "announced_at" timestamptz null,
        "off_reason" text null,
        "switched_at" timestamptz not null,
        primary key ("subscription_id")
      )`)
    this.addSql(`alter table "renewals" add constraint "renewals_subscription_id_foreign" foreign key ("subscription_id") references "subscriptions" ("id") on update cascade on delete cascade`)
    this.addSql(`create index "renewals_due" on "renewals" ("next_at") where "next_at" is not null`)
  }
}
