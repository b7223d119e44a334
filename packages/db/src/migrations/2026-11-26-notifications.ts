import { Migration } from '@mikro-orm/migrations'

/** What staff are told becomes rows, and a broadcast is filled in pages and keeps its figures. */
export class Notifications extends Migration {
  override up(): void {
    this.addStaffTables()
    this.addSql(`alter table "notices" add column "reason" text null`)
    this.addSql(`alter table "broadcasts" add column "filled_to" text null, add column "filled_at" timestamptz null,
      add column "filled" int not null default 0, add column "sent" int not null default 0,
      add column "unreachable" int not null default 0, add column "failed" int not null default 0`)
    this.addSql(`update broadcasts b set filled_at = started_at, filled = total, sent = c.sent, unreachable = c.unreachable, failed = c.failed
      from (
        select broadcast_id, count(*) filter (where state = 'sent') as sent,
          count(*) filter (where state = 'unreachable') as unreachable, count(*) filter (where state = 'failed') as failed
        from broadcast_recipients group by broadcast_id
      ) c where c.broadcast_id = b.id`)
    this.addSql(`update broadcasts set filled_at = started_at where started_at is not null and filled_at is null`)
    this.addSql(
      `create index "broadcast_recipients_queued" on "broadcast_recipients" ("broadcast_id", "customer_id") where "state" = 'queued'`,
    )
    this.addSql(
      `create index "customers_news" on "customers" ("id") where "banned_at" is null and "unreachable_at" is null and coalesce(("notifications" ->> 'news')::boolean, true)`,
    )
    this.addSql(`create table "broadcast_watches" (
      "bot_id" bigint not null,
      "chat_id" bigint not null,
      "message_id" int not null,
      "broadcast_id" text not null,
      "language" text not null,
      "created_at" timestamptz not null,
      primary key ("bot_id", "chat_id", "message_id")
    )`)
    this.addSql(`create index "broadcast_watches_broadcast_id_index" on "broadcast_watches" ("broadcast_id")`)
    this.addSql(
      `alter table "broadcast_watches" add constraint "broadcast_watches_broadcast_id_foreign" foreign key ("broadcast_id") references "broadcasts" ("id") on delete cascade`,
    )
  }

  private addStaffTables(): void {
    this.addSql(`create table "staff_alerts" (
      "id" text not null primary key,
      "cause" text not null,
      "kind" text not null,
      "notice" jsonb not null,
      "count" int not null,
      "window_ms" int not null,
      "first_at" timestamptz not null,
      "last_at" timestamptz not null,
      "over_at" timestamptz null,
      "revision" int not null
    )`)
    this.addSql(`create index "staff_alerts_cause_first_at_index" on "staff_alerts" ("cause", "first_at")`)
    this.addSql(`create index "staff_alerts_kind_first_at_index" on "staff_alerts" ("kind", "first_at")`)
    this.addSql(`create index "staff_alerts_last_at_index" on "staff_alerts" ("last_at")`)
    this.addSql(`create table "staff_events" (
      "id" bigserial primary key,
      "cause" text not null,
      "window_ms" int not null,
      "ends" text null,
      "notice" jsonb not null,
      "created_at" timestamptz not null,
      "alert_id" text null
    )`)
    this.addSql(`create index "staff_events_alert_id_index" on "staff_events" ("alert_id")`)
    this.addSql(`create index "staff_events_new" on "staff_events" ("id") where "alert_id" is null`)
    this.addSql(
      `alter table "staff_events" add constraint "staff_events_alert_id_foreign" foreign key ("alert_id") references "staff_alerts" ("id") on delete cascade`,
    )
    this.addSql(`create table "staff_notifications" (
      "alert_id" text not null,
      "telegram_id" bigint not null,
      "state" text not null,
      "is_urgent" boolean not null,
      "next_attempt_at" timestamptz null,
      "attempts" int not null,
      "leased_until" timestamptz null,
      "bot_id" bigint null,
      "chat_id" bigint null,
      "message_id" int null,
      "told_revision" int not null,
      "reason" text null,
      "created_at" timestamptz not null,
      "settled_at" timestamptz null,
      primary key ("alert_id", "telegram_id")
    )`)
    this.addSql(
      `create index "staff_notifications_due" on "staff_notifications" ("telegram_id", "is_urgent", "next_attempt_at") where "next_attempt_at" is not null`,
    )
    this.addSql(
      `create index "staff_notifications_telegram_id_settled_at_index" on "staff_notifications" ("telegram_id", "settled_at")`,
    )
    this.addSql(
      `alter table "staff_notifications" add constraint "staff_notifications_alert_id_foreign" foreign key ("alert_id") references "staff_alerts" ("id") on delete cascade`,
    )
  }
}
