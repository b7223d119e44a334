import { Migration } from '@mikro-orm/migrations'

/**
 * Gives each stretch of a subscription's time its own limits. What a customer has on the day of the migration stays:
 * the device limit holds for all the time that is left, and the traffic that is left is spread over it evenly.
 */
export class Stretches extends Migration {
  override up(): void {
    this.addColumns()
    this.fillPeriods()
    this.fillSubscriptions()
    this.addIndexes()
  }

  private addColumns(): void {
    this.addSql(`alter table "subscription_periods"
      add column "is_trial" boolean not null default false, add column "traffic_limit_bytes" bigint null,
      add column "traffic_used_bytes" bigint not null default 0, add column "device_limit" int null,
      add column "length_ms" bigint null`)
    this.addSql(`alter table "subscriptions"
      add column "stretch_id" text null, add column "stretch_starts_at" timestamptz null,
      add column "stretch_ends_at" timestamptz null, add column "surplus_closes_at" timestamptz null`)
    this.addSql(`alter table "accesses" add column "stretch_from_bytes" bigint not null default 0`)
    this.addSql(`alter table "devices" add column "request_id" text null`)
  }

  private fillPeriods(): void {
    // A right that no period explains becomes one.
    this.addSql(`insert into subscription_periods (id, subscription_id, plan_id, key, days, starts_at, ends_at, created_at)
      select 'prd_' || substr(s.id, 5), s.id, s.plan_id, 'before:' || s.id, greatest(1, extract(day from s.ends_at - coalesce(s.starts_at, s.created_at))::int),
        coalesce(s.starts_at, s.created_at), s.ends_at, s.created_at
      from subscriptions s where s.ends_at is not null
        and not exists (select 1 from subscription_periods p where p.subscription_id = s.id)`)
    // The subscription has one allowance for all that is open: what is left of it goes to each in proportion to its time.
    this.addSql(`update subscription_periods p set
        is_trial = s.is_trial, device_limit = s.device_limit,
        length_ms = greatest(1, (extract(epoch from p.ends_at - p.starts_at) * 1000)::bigint),
        traffic_limit_bytes = case when s.traffic_limit_bytes is null then null
          when o.is_first then s.traffic_limit_bytes - (o.left_bytes - ceil(o.left_bytes * o.share))::bigint
          else floor(o.left_bytes * o.share)::bigint end,
        traffic_used_bytes = case when o.is_first then s.traffic_used_bytes else 0 end
      from subscriptions s, (
        select q.id, greatest(0, t.traffic_limit_bytes - t.traffic_used_bytes) as left_bytes,
          row_number() over w = 1 as is_first,
          extract(epoch from q.ends_at - greatest(q.starts_at, now())) / sum(extract(epoch from q.ends_at - greatest(q.starts_at, now()))) over (partition by q.subscription_id) as share
        from subscription_periods q join subscriptions t on t.id = q.subscription_id where q.ends_at > now()
        window w as (partition by q.subscription_id order by q.starts_at, q.ends_at)
      ) o where o.id = p.id and s.id = p.subscription_id`)
    this.addSql(`update subscription_periods p set
        is_trial = coalesce(plan.is_trial, false), traffic_limit_bytes = coalesce(plan.traffic_limit_bytes, s.traffic_limit_bytes),
        device_limit = coalesce(plan.device_limit, s.device_limit),
        length_ms = greatest(1, (extract(epoch from p.ends_at - p.starts_at) * 1000)::bigint)
      from subscriptions s, subscription_periods q left join plans plan on plan.id = q.plan_id
      where q.id = p.id and s.id = p.subscription_id and p.device_limit is null`)
  }

  private fillSubscriptions(): void {
    this.addSql(`update subscriptions s set
        stretch_id = o.id, stretch_starts_at = o.starts_at, stretch_ends_at = o.ends_at, traffic_limit_bytes = o.traffic_limit_bytes
      from (
        select distinct on (subscription_id) * from subscription_periods where ends_at > now() order by subscription_id, starts_at, ends_at
      ) o where o.subscription_id = s.id`)
    // Whoever has more devices than the limit allows is told, and has three days to choose.
    this.addSql(`update subscriptions s set surplus_closes_at = now() + interval '3 days' where s.state = 'active'
      and (select count(*) from devices d where d.subscription_id = s.id and d.revoked_at is null) > s.device_limit`)
  }

  private addIndexes(): void {
    this.addSql(
      `create index "subscriptions_next_stretch" on "subscriptions" ("stretch_ends_at") where "stretch_ends_at" < "ends_at"`,
    )
    this.addSql(`create index "subscriptions_stretch_starts_at_index" on "subscriptions" ("stretch_starts_at")`)
    this.addSql(
      `create index "subscriptions_surplus" on "subscriptions" ("surplus_closes_at") where "surplus_closes_at" is not null`,
    )
    this.addSql(
      `create index "subscription_periods_subscription_id_ends_at_index" on "subscription_periods" ("subscription_id", "ends_at")`,
    )
    this.addSql(
      `create index "subscription_periods_without_limits" on "subscription_periods" ("subscription_id") where "device_limit" is null`,
    )
    this.addSql(
      `alter table "devices" add constraint "devices_subscription_id_request_id_unique" unique ("subscription_id", "request_id")`,
    )
  }
}
