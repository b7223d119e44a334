import { Migration } from '@mikro-orm/migrations'

/**
 * An endpoint that refused our login rests, for all processes alike; what is wrong with what it sells is kept by code;
 * accesses that were just cut are watched until their open connections are ended.
 */
export class EndpointRests extends Migration {
  override up(): void {
    this.addSql(`alter table "endpoints" add column "problems" jsonb null`)
    this.addSql(`alter table "endpoints" add column "takes_newcomers" boolean not null default true`)
    this.addSql(`alter table "endpoints" add column "running_since" timestamptz null`)
    this.addSql(`alter table "endpoints" add column "documents_key" text null`)
    this.addSql(`alter table "endpoints" add column "dropped_at" timestamptz null`)
    this.addSql(`alter table "endpoints" add column "refusals" int not null default 0`)
    this.addSql(`alter table "endpoints" add column "rest_key" text null`)
    this.addSql(`alter table "endpoints" add column "rest_code" text null`)
    this.addSql(`alter table "endpoints" add column "rest_reason" text null`)
    this.addSql(`alter table "endpoints" add column "rests_until" timestamptz null`)
    this.addSql(`alter table "endpoints" add column "tried_until" timestamptz null`)
    this.addSql(`alter table "accesses" add column "cut_at" timestamptz null`)
    this.addSql(`create index "accesses_cut" on "accesses" ("endpoint_id", "cut_at") where "cut_at" is not null`)
  }
}
