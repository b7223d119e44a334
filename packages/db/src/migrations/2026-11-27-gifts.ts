import { Migration } from '@mikro-orm/migrations'

/** Time that one customer pays for another. */
export class Gifts extends Migration {
  override up(): void {
    this.addSql(`create table "gifts" (
        "id" text not null primary key,
        "code" text not null,
        "payment_id" text not null,
        "giver_id" text not null,
        "recipient_id" text null,
        "plan_id" text not null,
        "days" int not null,
        "device_limit" int not null,
        "traffic_limit_bytes" bigint null,
        "state" text not null,
        "created_at" timestamptz not null,
        "ends_at" timestamptz not null,
        "reminded_at" timestamptz null,
        "closed_at" timestamptz null
      )`)
    this.addSql(`alter table "gifts" add constraint "gifts_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_giver_id_foreign" foreign key ("giver_id") references "customers" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_recipient_id_foreign" foreign key ("recipient_id") references "customers" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_plan_id_foreign" foreign key ("plan_id") references "plans" ("id")`)
    this.addSql(`alter table "gifts" add constraint "gifts_code_unique" unique ("code")`)
    this.addSql(`alter table "gifts" add constraint "gifts_payment_id_unique" unique ("payment_id")`)
    this.addSql(`create index "gifts_recipient_id_index" on "gifts" ("recipient_id")`)
    this.addSql(`create index "gifts_created_at_index" on "gifts" ("created_at")`)
    this.addSql(`create index "gifts_closed_at_index" on "gifts" ("closed_at")`)
    this.addSql(`create index "gifts_giver_id_created_at_index" on "gifts" ("giver_id", "created_at")`)
    this.addSql(`create index "gifts_waiting" on "gifts" ("ends_at") where "state" = 'waiting'`)
  }
}
