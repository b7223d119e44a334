import { Migration } from '@mikro-orm/migrations'

const tables = {
  notices: 'notifications',
  payment_notices: 'payment_webhooks',
  staff_alerts: 'alerts',
  staff_events: 'alert_events',
} as const

/**
 * The database uses the words of the code: notification, webhook, canceled. Processes of the commit before go on
 * meanwhile: each old table is a view that Postgres writes through, and a trigger spells the state of a broadcast. The
 * views and the trigger may go with any later commit.
 */
export class PlainNames extends Migration {
  override up(): void {
    for (const [before, after] of Object.entries(tables)) {
      this.addSql(`alter table "${before}" rename to "${after}"`)
      this.addSql(renameParts(before, after))
    }
    for (const table of ['notifications', 'alerts', 'alert_events'])
      this.addSql(`alter table "${table}" rename column "notice" to "content"`)
    this.addSql(`create view "notices" as
      select id, key, customer_id, subscription_id, state, content as notice, reason, created_at, queued_at, sent_at from notifications`)
    this.addSql(`create view "payment_notices" as
      select id, provider, key, reference, payment_id, summary, received_at, handled_at, told_at from payment_webhooks`)
    this.addSql(`create view "staff_alerts" as
      select id, cause, kind, content as notice, count, window_ms, first_at, last_at, over_at, revision from alerts`)
    this.addSql(`create view "staff_events" as
      select id, cause, window_ms, ends, content as notice, created_at, alert_id from alert_events`)
    this.addSql(`update broadcasts set state = 'canceled' where state = 'cancelled'`)
    // No code has ever written these two.
    this.addSql(`update orders set state = 'expired' where state = 'cancelled'`)
    this.addSql(`update subscriptions set state = 'expired' where state = 'cancelled'`)
    this.addSql(`create function spell_canceled() returns trigger language plpgsql as $$
      begin
        new.state := 'canceled';
        return new;
      end $$`)
    this.addSql(`create trigger broadcasts_spell_canceled before insert or update of state on broadcasts
      for each row when (new.state = 'cancelled') execute function spell_canceled()`)
  }
}

/** Indexes, constraints and sequences are called like their table. */
const renameParts = (before: string, after: string): string => `do $$ declare part record; begin
    for part in select conname as name from pg_constraint
      where conrelid = '${after}'::regclass and starts_with(conname, '${before}_')
    loop
      execute format('alter table ${after} rename constraint %I to %I', part.name, '${after}' || substr(part.name, ${before.length + 1}));
    end loop;
    for part in select c.relname as name from pg_class c left join pg_index i on i.indexrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and starts_with(c.relname, '${before}_') and (c.relkind = 'S' or i.indrelid = '${after}'::regclass)
    loop
      execute format('alter %s %I rename to %I', case when part.name like '%\\_seq' then 'sequence' else 'index' end,
        part.name, '${after}' || substr(part.name, ${before.length + 1}));
    end loop;
  end $$`
