import { Migration } from '@mikro-orm/migrations'

/** Cards that customers let a provider keep, and the payments that save one or charge one. */
export class SavedCards extends Migration {
  override up(): void {
    this.addSql(`create table "saved_cards" (
        "id" text not null,
        "customer_id" text not null,
        "provider" text not null,
        "secret" text null,
        "title" text not null,
        "created_at" timestamptz not null,
        "removed_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`alter table "saved_cards" add constraint "saved_cards_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql('create index "saved_cards_customer_id_index" on "saved_cards" ("customer_id")')
    this.addSql('create index "saved_cards_removed_at_index" on "saved_cards" ("removed_at")')
    this.addSql(`create unique index "saved_cards_one_active" on "saved_cards" ("customer_id", "provider") where "removed_at" is null`)
    this.addSql('alter table "payments" add column "saves_card" boolean not null default false, add column "card_id" text null')
    this.addSql('alter table "provider_health" add column "saving_refused_at" timestamptz null')
  }
}
