import { Migration } from '@mikro-orm/migrations'

/**
 * Places are counted and given back. An endpoint knows how many accesses it holds and how far it is filled, an access
 * when its right ended and whether its endpoint was ever asked, and a table names everybody who has a running right
 * and nothing that works. Counts are kept by triggers, so that no writer can forget them, an old process included.
 */
export class Places extends Migration {
  override up(): void {
    this.addSql(`alter table "endpoints" add column "places_taken" int not null default 0`)
    this.addSql(`alter table "endpoints" add column "fill_after" text null default ''`)
    this.addSql(`alter table "endpoints" add column "has_turned_away" boolean not null default false`)
    this.addSql(`alter table "accesses" add column "ended_at" timestamptz null`)
    this.addSql(`alter table "accesses" add column "asked_at" timestamptz null default now()`)
    this.addSql(`alter table "accesses" add column "is_reissued" boolean not null default false`)
    this.addSql(`update accesses a set ended_at = s.ends_at from subscriptions s
      where s.id = a.subscription_id and a.removed_at is null and s.state not in ('active', 'pending')`)
    this.addSql(`update endpoints e set places_taken = held.count
      from (select endpoint_id, count(*)::int as count from accesses where removed_at is null group by endpoint_id) held
      where held.endpoint_id = e.id`)
    this.addSql(`create index "accesses_behind_by_endpoint" on "accesses" ("endpoint_id") where "applied_revision" < "desired_revision"`)
    this.addSql(`create index "accesses_ended" on "accesses" ("endpoint_id", "ended_at") where "ended_at" is not null and "removed_at" is null`)
    this.addSql(`create table "pending_deliveries" (
        "subscription_id" text not null,
        "is_trial" boolean not null,
        "since" timestamptz not null,
        "awaits_room" boolean not null,
        primary key ("subscription_id")
      )`)
    this.addSql(`alter table "pending_deliveries" add constraint "pending_deliveries_subscription_id_foreign" foreign key ("subscription_id") references "subscriptions" ("id") on update cascade on delete cascade`)
    this.addSql(`create index "pending_deliveries_since_index" on "pending_deliveries" ("since")`)
    this.addSql(`create index "pending_deliveries_awaiting_room" on "pending_deliveries" ("is_trial", "since") where "awaits_room"`)
    this.countPlaces()
    this.markEnded()
    this.fillAgain()
  }

  private countPlaces(): void {
    this.addSql(`create function take_places() returns trigger language plpgsql as $$
      begin
        perform 1 from endpoints where id in (select endpoint_id from added where removed_at is null) order by id for no key update;
        update endpoints e set places_taken = e.places_taken + taken.count
          from (select endpoint_id, count(*)::int as count from added where removed_at is null group by endpoint_id) taken
          where e.id = taken.endpoint_id;
        return null;
      end $$`)
    this.addSql(`create trigger accesses_take_places after insert on accesses
      referencing new table as added for each statement execute function take_places()`)
    this.addSql(`create function move_place() returns trigger language plpgsql as $$
      begin
        if tg_op <> 'INSERT' and old.removed_at is null then
          update endpoints set places_taken = places_taken - 1 where id = old.endpoint_id;
        end if;
        if tg_op = 'UPDATE' and new.removed_at is null then
          update endpoints set places_taken = places_taken + 1 where id = new.endpoint_id;
        end if;
        return null;
      end $$`)
    this.addSql(`create trigger accesses_give_place_back after update of removed_at, endpoint_id on accesses for each row
      when ((old.removed_at is null) <> (new.removed_at is null) or old.endpoint_id <> new.endpoint_id) execute function move_place()`)
    this.addSql(`create trigger accesses_give_places_back after delete on accesses for each row
      when (old.removed_at is null) execute function move_place()`)
  }

  private markEnded(): void {
    this.addSql(`create function mark_ended_accesses() returns trigger language plpgsql as $$
      begin
        update accesses set ended_at = case when new.state in ('active', 'pending') then null else new.ends_at end
          where subscription_id = new.id and removed_at is null;
        return null;
      end $$`)
    this.addSql(`create trigger subscriptions_mark_ended after update of state, ends_at on subscriptions for each row
      when ((old.state in ('active', 'pending')) <> (new.state in ('active', 'pending'))
        or (new.state not in ('active', 'pending') and old.ends_at is distinct from new.ends_at))
      execute function mark_ended_accesses()`)
  }

  private fillAgain(): void {
    this.addSql(`create function fill_endpoints_again() returns trigger language plpgsql as $$
      begin
        update endpoints set fill_after = '' where server_id = new.id;
        return null;
      end $$`)
    this.addSql(`create trigger servers_fill_again after update of state, capacity on servers for each row
      when (new.state = 'active' and (old.state <> 'active' or new.capacity > old.capacity))
      execute function fill_endpoints_again()`)
  }
}
