import { Migration } from '@mikro-orm/migrations'

/**
 * A payment keeps what its provider said when nobody could act on it; an order knows the button that made it; the
 * refusals of providers and the messages that show an invoice have rows of their own.
 */
export class PaymentsTold extends Migration {
  override up(): void {
    this.addSql(`alter table "payments" add column "received_raw" text null,
      add column "trouble" text null, add column "trouble_said" text null,
      add column "trouble_since" timestamptz null, add column "trouble_told_at" timestamptz null,
      add column "refunded_minor" bigint null, add column "refunded_currency" text null,
      add column "refunded_raw" text null, add column "refunded_at" timestamptz null`)
    this.addSql(`create index "payments_reference_index" on "payments" ("reference")`)
    this.addSql(
      `create index "payments_due" on "payments" ("next_check_at") where "state" in ('created', 'pending')`,
    )
    this.addSql(`alter table "orders" add column "request_id" text null`)
    this.addSql(
      `alter table "orders" add constraint "orders_customer_id_request_id_unique" unique ("customer_id", "request_id")`,
    )
    this.addSql(`create table "provider_refusals" (
        "provider" text not null,
        "reason" text not null,
        "count" int not null,
        "first_at" timestamptz not null,
        "last_at" timestamptz not null,
        "told_at" timestamptz not null,
        primary key ("provider", "reason")
      )`)
    this.addSql(`create index "provider_refusals_last_at_index" on "provider_refusals" ("last_at")`)
    this.addSql(`create table "payment_messages" (
        "bot_id" bigint not null,
        "chat_id" bigint not null,
        "message_id" int not null,
        "payment_id" text not null,
        "shown_at" timestamptz not null,
        primary key ("bot_id", "chat_id", "message_id")
      )`)
    this.addSql(`create index "payment_messages_payment_id_index" on "payment_messages" ("payment_id")`)
    this.addSql(
      `alter table "payment_messages" add constraint "payment_messages_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`,
    )
    this.addSql(
      `create index "payment_notices_unhandled" on "payment_notices" ("received_at") where "handled_at" is null`,
    )
  }
}
