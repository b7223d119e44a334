import { Migration } from '@mikro-orm/migrations'

/**
 * What a search of customers goes by. `pg_trgm` would not do: it may not be installed, and where the database's locale
 * is C it sees no letters but the Latin ones.
 */
export class CustomerSearch extends Migration {
  override up(): void {
    this.addSql(`create function letters_of(name text) returns text language sql immutable strict parallel safe as $$
      select regexp_replace(' ' || lower(name), '\\s+', '  ', 'g')
    $$`)
    this.addSql(`create function grams_of(letters text) returns text[] language sql immutable strict parallel safe cost 1000 as $$
      select array(select distinct substr(letters, at, 3) from generate_series(1, length(letters) - 2) as at)
    $$`)
    this.addSql(`create index "customers_letters" on "customers" using gin
      (grams_of(letters_of("first_name" || ' ' || coalesce("last_name", '') || ' ' || coalesce("username", ''))))`)
    this.addSql(`create index "customers_username_lower" on "customers" (lower("username"))`)
    this.addSql(`create index "customers_banned" on "customers" ("banned_at") where "banned_at" is not null`)
    this.addSql(
      `create index "subscriptions_trials" on "subscriptions" ("ends_at") where "is_trial" and "state" = 'active'`,
    )
  }
}
