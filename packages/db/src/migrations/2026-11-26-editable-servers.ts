import { Migration } from '@mikro-orm/migrations'

/** Servers have a city in each language and an order; two ways in alike are told apart; adding one is done once. */
export class EditableServers extends Migration {
  override up(): void {
    this.addSql(`alter table "servers" add column "city_titles" jsonb null`)
    this.addSql(`alter table "servers" add column "position" int not null default 0`)
    this.addSql(`alter table "servers" add column "request_key" text null`)
    this.addSql(`alter table "servers" add constraint "servers_request_key_unique" unique ("request_key")`)
    this.addSql(`alter table "endpoints" add column "ordinal" int not null default 1`)
    this.addSql(`alter table "endpoints" add column "request_key" text null`)
    this.addSql(`alter table "endpoints" add constraint "endpoints_request_key_unique" unique ("request_key")`)
    this.addSql(`alter table "endpoints" add column "wish_after" text null`)
    this.addSql(`update endpoints set ordinal = numbered.ordinal from (
      select e.id, row_number() over (partition by s.country, lower(s.city), e.protocol order by e.created_at, e.id) as ordinal
      from endpoints e join servers s on s.id = e.server_id
    ) numbered where numbered.id = endpoints.id`)
    this.addSql(`create index "accesses_endpoint_id_id_index" on "accesses" ("endpoint_id", "id")`)
  }
}
