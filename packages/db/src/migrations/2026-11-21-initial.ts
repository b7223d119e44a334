import { Migration } from '@mikro-orm/migrations'

export class Initial extends Migration {
  override up(): void {
    this.addSql(`create table "audit_log" (
        "id" text not null,
        "actor_telegram_id" bigint null,
        "action" text not null,
        "subject" text not null,
        "before" jsonb null,
        "after" jsonb null,
        "at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`create index "audit_log_at_index" on "audit_log" ("at")`)
    this.addSql(`create index "audit_log_subject_at_index" on "audit_log" ("subject", "at")`)
    this.addSql(`create table "broadcasts" (
        "id" text not null,
        "author_telegram_id" bigint not null,
        "text" text not null,
        "state" text not null,
        "total" int not null,
        "created_at" timestamptz not null,
        "started_at" timestamptz null,
        "finished_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`create table "customers" (
        "id" text not null,
        "telegram_id" bigint not null,
        "first_name" text not null,
        "last_name" text null,
        "username" text null,
        "language" text not null,
        "is_language_chosen" boolean not null default false,
        "banned_at" timestamptz null,
        "trial_used_at" timestamptz null,
        "referral_code" text not null,
        "referred_by_id" text null,
        "preferred_protocol" text null,
        "is_server_automatic" boolean not null default true,
        "notifications" jsonb not null,
        "unreachable_at" timestamptz null,
        "last_active_at" timestamptz not null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "customers" add constraint "customers_telegram_id_unique" unique ("telegram_id")`)
    this.addSql(`alter table "customers" add constraint "customers_referral_code_unique" unique ("referral_code")`)
    this.addSql(`create index "customers_username_index" on "customers" ("username")`)
    this.addSql(`create index "customers_created_at_index" on "customers" ("created_at")`)
    this.addSql(`create table "activities" (
        "id" bigserial primary key,
        "customer_id" text not null,
        "kind" text not null,
        "at" timestamptz not null
      )`)
    this.addSql(`create index "activities_customer_id_index" on "activities" ("customer_id")`)
    this.addSql(`create index "activities_kind_at_index" on "activities" ("kind", "at")`)
    this.addSql(`create table "notices" (
        "id" text not null,
        "key" text not null,
        "customer_id" text not null,
        "subscription_id" text null,
        "state" text not null,
        "notice" jsonb not null,
        "created_at" timestamptz not null,
        "sent_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`alter table "notices" add constraint "notices_key_unique" unique ("key")`)
    this.addSql(`create index "notices_state_created_at_index" on "notices" ("state", "created_at")`)
    this.addSql(`create index "notices_subscription_id_state_index" on "notices" ("subscription_id", "state")`)
    this.addSql(`create table "payment_notices" (
        "id" text not null,
        "provider" text not null,
        "key" text not null,
        "reference" text not null,
        "payment_id" text null,
        "summary" jsonb not null,
        "received_at" timestamptz not null,
        "handled_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`create index "payment_notices_handled_at_index" on "payment_notices" ("handled_at")`)
    this.addSql(`alter table "payment_notices" add constraint "payment_notices_provider_key_unique" unique ("provider", "key")`)
    this.addSql(`create table "plans" (
        "id" text not null,
        "code" text not null,
        "title" jsonb not null,
        "days" int not null,
        "price_minor" bigint not null,
        "currency" text not null,
        "traffic_limit_bytes" bigint null,
        "device_limit" int not null,
        "is_trial" boolean not null default false,
        "is_active" boolean not null default true,
        "is_popular" boolean not null default false,
        "position" int not null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "plans" add constraint "plans_code_unique" unique ("code")`)
    this.addSql(`create table "gifts" (
        "id" text not null,
        "code" text not null,
        "plan_id" text not null,
        "buyer_id" text not null,
        "redeemed_by_id" text null,
        "redeemed_at" timestamptz null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "gifts" add constraint "gifts_code_unique" unique ("code")`)
    this.addSql(`create table "promo_codes" (
        "id" text not null,
        "code" text not null,
        "discount_percent" int null,
        "bonus_days" int null,
        "use_limit" int null,
        "valid_until" timestamptz null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "promo_codes" add constraint "promo_codes_code_unique" unique ("code")`)
    this.addSql(`create table "orders" (
        "id" text not null,
        "customer_id" text not null,
        "plan_id" text not null,
        "promo_code_id" text null,
        "state" text not null,
        "price_minor" bigint not null,
        "currency" text not null,
        "days" int not null,
        "created_at" timestamptz not null,
        "expires_at" timestamptz not null,
        "paid_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`create index "orders_customer_id_created_at_index" on "orders" ("customer_id", "created_at")`)
    this.addSql(`create index "orders_state_expires_at_index" on "orders" ("state", "expires_at")`)
    this.addSql(`create table "payments" (
        "id" text not null,
        "order_id" text not null,
        "customer_id" text not null,
        "provider" text not null,
        "state" text not null,
        "amount_minor" bigint not null,
        "currency" text not null,
        "received_minor" bigint null,
        "received_currency" text null,
        "reference" text null,
        "url" text null,
        "reason" text null,
        "created_at" timestamptz not null,
        "expires_at" timestamptz not null,
        "paid_at" timestamptz null,
        "next_check_at" timestamptz null,
        "checks" int not null default 0,
        primary key ("id")
      )`)
    this.addSql(`create index "payments_order_id_index" on "payments" ("order_id")`)
    this.addSql(`create index "payments_state_next_check_at_index" on "payments" ("state", "next_check_at")`)
    this.addSql(`create index "payments_customer_id_created_at_index" on "payments" ("customer_id", "created_at")`)
    this.addSql(`create index "payments_created_at_index" on "payments" ("created_at")`)
    this.addSql(`create index "payments_paid_at_index" on "payments" ("paid_at")`)
    this.addSql(`alter table "payments" add constraint "payments_provider_reference_unique" unique ("provider", "reference")`)
    this.addSql(`create table "payment_steps" (
        "id" bigserial primary key,
        "payment_id" text not null,
        "before" text null,
        "after" text not null,
        "cause" text not null,
        "at" timestamptz not null
      )`)
    this.addSql(`create index "payment_steps_payment_id_index" on "payment_steps" ("payment_id")`)
    this.addSql(`create table "ledger_postings" (
        "id" text not null,
        "key" text not null,
        "payment_id" text null,
        "at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "ledger_postings" add constraint "ledger_postings_key_unique" unique ("key")`)
    this.addSql(`create index "ledger_postings_payment_id_index" on "ledger_postings" ("payment_id")`)
    this.addSql(`create index "ledger_postings_at_index" on "ledger_postings" ("at")`)
    this.addSql(`create table "ledger_entries" (
        "id" bigserial primary key,
        "posting_id" text not null,
        "account" text not null,
        "amount_minor" bigint not null,
        "currency" text not null
      )`)
    this.addSql(`create index "ledger_entries_posting_id_index" on "ledger_entries" ("posting_id")`)
    this.addSql(`create index "ledger_entries_account_currency_index" on "ledger_entries" ("account", "currency")`)
    this.addSql(`create table "broadcast_recipients" (
        "broadcast_id" text not null,
        "customer_id" text not null,
        "state" text not null,
        "at" timestamptz null,
        primary key ("broadcast_id", "customer_id")
      )`)
    this.addSql(`create index "broadcast_recipients_broadcast_id_state_index" on "broadcast_recipients" ("broadcast_id", "state")`)
    this.addSql(`create table "referrals" (
        "id" text not null,
        "referrer_id" text not null,
        "friend_id" text not null,
        "joined_at" timestamptz not null,
        "rewarded_at" timestamptz null,
        "bonus_days" int null,
        primary key ("id")
      )`)
    this.addSql(`create index "referrals_referrer_id_index" on "referrals" ("referrer_id")`)
    this.addSql(`alter table "referrals" add constraint "referrals_friend_id_unique" unique ("friend_id")`)
    this.addSql(`create table "servers" (
        "id" text not null,
        "name" text not null,
        "country" text not null,
        "city" text not null,
        "host" text not null,
        "capacity" int not null,
        "state" text not null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "servers" add constraint "servers_name_unique" unique ("name")`)
    this.addSql(`create table "endpoints" (
        "id" text not null,
        "server_id" text not null,
        "driver" text not null,
        "protocol" text not null,
        "settings" jsonb not null,
        "secrets" text not null,
        "health" text not null,
        "health_reason" text null,
        "failures" int not null default 0,
        "probed_at" timestamptz null,
        "version" text null,
        "online" int null,
        "cpu_percent" int null,
        "memory_percent" int null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`create index "endpoints_server_id_index" on "endpoints" ("server_id")`)
    this.addSql(`create table "server_stats" (
        "id" bigserial primary key,
        "endpoint_id" text not null,
        "at" timestamptz not null,
        "is_up" boolean not null,
        "online" int null,
        "cpu_percent" int null,
        "memory_percent" int null
      )`)
    this.addSql(`create index "server_stats_endpoint_id_at_index" on "server_stats" ("endpoint_id", "at")`)
    this.addSql(`create table "settings" (
        "key" text not null,
        "value" jsonb not null,
        "changed_at" timestamptz not null,
        primary key ("key")
      )`)
    this.addSql(`create table "staff" (
        "id" text not null,
        "telegram_id" bigint not null,
        "name" text not null,
        "role" text not null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "staff" add constraint "staff_telegram_id_unique" unique ("telegram_id")`)
    this.addSql(`create table "subscriptions" (
        "id" text not null,
        "customer_id" text not null,
        "plan_id" text null,
        "state" text not null,
        "is_trial" boolean not null,
        "starts_at" timestamptz null,
        "ends_at" timestamptz null,
        "traffic_limit_bytes" bigint null,
        "traffic_used_bytes" bigint not null,
        "device_limit" int not null,
        "token" text not null,
        "is_auto_renewed" boolean not null default false,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "subscriptions" add constraint "subscriptions_customer_id_unique" unique ("customer_id")`)
    this.addSql(`alter table "subscriptions" add constraint "subscriptions_token_unique" unique ("token")`)
    this.addSql(`create index "subscriptions_state_ends_at_index" on "subscriptions" ("state", "ends_at")`)
    this.addSql(`create table "subscription_periods" (
        "id" text not null,
        "subscription_id" text not null,
        "plan_id" text null,
        "key" text not null,
        "days" int not null,
        "starts_at" timestamptz not null,
        "ends_at" timestamptz not null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`create index "subscription_periods_subscription_id_index" on "subscription_periods" ("subscription_id")`)
    this.addSql(`alter table "subscription_periods" add constraint "subscription_periods_key_unique" unique ("key")`)
    this.addSql(`create table "devices" (
        "id" text not null,
        "subscription_id" text not null,
        "name" text not null,
        "protocol" text not null,
        "created_at" timestamptz not null,
        "revoked_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`create index "devices_subscription_id_index" on "devices" ("subscription_id")`)
    this.addSql(`create table "accesses" (
        "id" text not null,
        "subscription_id" text not null,
        "endpoint_id" text not null,
        "device_id" text null,
        "secrets" text not null,
        "address" text null,
        "desired_revision" int not null,
        "applied_revision" int not null,
        "credentials" text null,
        "applied_at" timestamptz null,
        "attempts" int not null default 0,
        "next_attempt_at" timestamptz null,
        "last_error" text null,
        "leased_until" timestamptz null,
        "upload_counter" bigint not null,
        "download_counter" bigint not null,
        "upload_bytes" bigint not null,
        "download_bytes" bigint not null,
        "last_seen_at" timestamptz null,
        "created_at" timestamptz not null,
        "removed_at" timestamptz null,
        primary key ("id")
      )`)
    this.addSql(`create index "accesses_subscription_id_index" on "accesses" ("subscription_id")`)
    this.addSql(`create index "accesses_endpoint_id_index" on "accesses" ("endpoint_id")`)
    this.addSql(`create unique index "accesses_one_each" on "accesses" ("subscription_id", "endpoint_id", "device_id") nulls not distinct where "removed_at" is null`)
    this.addSql(`create index "accesses_behind" on "accesses" ("next_attempt_at") where "applied_revision" < "desired_revision"`)
    this.addSql(`alter table "accesses" add constraint "accesses_address_unique" unique ("endpoint_id", "address")`)
    this.addSql(`create table "tickets" (
        "id" text not null,
        "number" serial,
        "customer_id" text not null,
        "subject" text not null,
        "state" text not null,
        "priority" text not null,
        "topic_id" int null,
        "topic_claimed_at" timestamptz null,
        "assignee_id" text null,
        "rating" int null,
        "created_at" timestamptz not null,
        "closed_at" timestamptz null,
        "last_message_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`alter table "tickets" add constraint "tickets_number_unique" unique ("number")`)
    this.addSql(`create index "tickets_customer_id_index" on "tickets" ("customer_id")`)
    this.addSql(`create index "tickets_topic_id_index" on "tickets" ("topic_id")`)
    this.addSql(`create index "tickets_state_created_at_index" on "tickets" ("state", "created_at")`)
    this.addSql(`create unique index "tickets_one_open" on "tickets" ("customer_id") where "state" <> 'closed'`)
    this.addSql(`create table "ticket_messages" (
        "id" text not null,
        "ticket_id" text not null,
        "author" text not null,
        "author_name" text not null,
        "kind" text not null,
        "text" text null,
        "source_message_id" int not null,
        "album_id" text null,
        "reply_to_id" int null,
        "copy_message_id" int null,
        "claimed_at" timestamptz null,
        "settled_at" timestamptz null,
        "created_at" timestamptz not null,
        primary key ("id")
      )`)
    this.addSql(`create index "ticket_messages_ticket_id_created_at_index" on "ticket_messages" ("ticket_id", "created_at")`)
    this.addSql(`create index "ticket_messages_unsettled" on "ticket_messages" ("ticket_id") where "settled_at" is null`)
    this.addSql(`alter table "ticket_messages" add constraint "ticket_messages_ticket_id_author_source_message_id_unique" unique ("ticket_id", "author", "source_message_id")`)
    this.addSql(`alter table "customers" add constraint "customers_referred_by_id_foreign" foreign key ("referred_by_id") references "customers" ("id") on delete set null`)
    this.addSql(`alter table "activities" add constraint "activities_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "notices" add constraint "notices_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_plan_id_foreign" foreign key ("plan_id") references "plans" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_buyer_id_foreign" foreign key ("buyer_id") references "customers" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_redeemed_by_id_foreign" foreign key ("redeemed_by_id") references "customers" ("id") on delete set null`)
    this.addSql(`alter table "orders" add constraint "orders_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "orders" add constraint "orders_plan_id_foreign" foreign key ("plan_id") references "plans" ("id")`)
    this.addSql(`alter table "orders" add constraint "orders_promo_code_id_foreign" foreign key ("promo_code_id") references "promo_codes" ("id") on delete set null`)
    this.addSql(`alter table "payments" add constraint "payments_order_id_foreign" foreign key ("order_id") references "orders" ("id")`)
    this.addSql(`alter table "payments" add constraint "payments_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "payment_steps" add constraint "payment_steps_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`)
    this.addSql(`alter table "ledger_postings" add constraint "ledger_postings_payment_id_foreign" foreign key ("payment_id") references "payments" ("id") on delete set null`)
    this.addSql(`alter table "ledger_entries" add constraint "ledger_entries_posting_id_foreign" foreign key ("posting_id") references "ledger_postings" ("id")`)
    this.addSql(`alter table "broadcast_recipients" add constraint "broadcast_recipients_broadcast_id_foreign" foreign key ("broadcast_id") references "broadcasts" ("id") on update cascade on delete cascade`)
    this.addSql(`alter table "broadcast_recipients" add constraint "broadcast_recipients_customer_id_foreign" foreign key ("customer_id") references "customers" ("id") on update cascade on delete cascade`)
    this.addSql(`alter table "referrals" add constraint "referrals_referrer_id_foreign" foreign key ("referrer_id") references "customers" ("id")`)
    this.addSql(`alter table "referrals" add constraint "referrals_friend_id_foreign" foreign key ("friend_id") references "customers" ("id")`)
    this.addSql(`alter table "endpoints" add constraint "endpoints_server_id_foreign" foreign key ("server_id") references "servers" ("id")`)
    this.addSql(`alter table "server_stats" add constraint "server_stats_endpoint_id_foreign" foreign key ("endpoint_id") references "endpoints" ("id")`)
    this.addSql(`alter table "subscriptions" add constraint "subscriptions_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "subscriptions" add constraint "subscriptions_plan_id_foreign" foreign key ("plan_id") references "plans" ("id") on delete set null`)
    this.addSql(`alter table "subscription_periods" add constraint "subscription_periods_subscription_id_foreign" foreign key ("subscription_id") references "subscriptions" ("id")`)
    this.addSql(`alter table "subscription_periods" add constraint "subscription_periods_plan_id_foreign" foreign key ("plan_id") references "plans" ("id") on delete set null`)
    this.addSql(`alter table "devices" add constraint "devices_subscription_id_foreign" foreign key ("subscription_id") references "subscriptions" ("id")`)
    this.addSql(`alter table "accesses" add constraint "accesses_subscription_id_foreign" foreign key ("subscription_id") references "subscriptions" ("id")`)
    this.addSql(`alter table "accesses" add constraint "accesses_endpoint_id_foreign" foreign key ("endpoint_id") references "endpoints" ("id")`)
    this.addSql(`alter table "accesses" add constraint "accesses_device_id_foreign" foreign key ("device_id") references "devices" ("id") on delete set null`)
    this.addSql(`alter table "tickets" add constraint "tickets_customer_id_foreign" foreign key ("customer_id") references "customers" ("id")`)
    this.addSql(`alter table "tickets" add constraint "tickets_assignee_id_foreign" foreign key ("assignee_id") references "staff" ("id") on delete set null`)
    this.addSql(`alter table "ticket_messages" add constraint "ticket_messages_ticket_id_foreign" foreign key ("ticket_id") references "tickets" ("id")`)
  }
}
