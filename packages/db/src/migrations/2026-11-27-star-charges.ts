import { Migration } from '@mikro-orm/migrations'

/** Payments in Telegram Stars, by Telegram's own id of the charge. */
export class StarCharges extends Migration {
  override up(): void {
    this.addSql(`create table "star_charges" (
        "id" text not null,
        "payment_id" text not null,
        "payer_id" bigint not null,
        "amount_minor" bigint not null,
        "paid_at" timestamptz not null,
        "refunded_at" timestamptz null,
        primary key ("id"),
        constraint "star_charges_amount_positive" check (amount_minor > 0)
      )`)
    this.addSql('create index "star_charges_payment_id_index" on "star_charges" ("payment_id")')
    this.addSql('create index "star_charges_paid_at_index" on "star_charges" ("paid_at")')
    this.addSql('create index "star_charges_refunded_at_index" on "star_charges" ("refunded_at")')
  }
}
