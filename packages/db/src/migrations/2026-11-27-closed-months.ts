import { Migration } from '@mikro-orm/migrations'

/** Months that are closed: their figures are kept, and nothing is booked into them any more. */
export class ClosedMonths extends Migration {
  override up(): void {
    this.addSql(`create table "closed_months" (
        "month" text not null,
        "ends_at" timestamptz not null,
        "closed_at" timestamptz not null,
        "closed_by" bigint null,
        "figures" jsonb not null,
        primary key ("month")
      )`)
    this.addSql('create index "closed_months_ends_at_index" on "closed_months" ("ends_at")')
    this.addSql(`create function refuse_closed_month() returns trigger language plpgsql as $$
      declare closed_until timestamptz;
      begin
        select max(ends_at) into closed_until from closed_months;
        if tg_table_name = 'ledger_postings' then
          if new.at < closed_until then raise exception 'the books are closed until %', closed_until; end if;
        elsif new.day < closed_until then
          raise exception 'the books are closed until %', closed_until;
        end if;
        return new;
      end $$`)
    this.addSql(`create trigger ledger_postings_open before insert on ledger_postings
      for each row execute function refuse_closed_month()`)
    this.addSql(`create trigger recognized_revenue_open before insert or update on recognized_revenue
      for each row execute function refuse_closed_month()`)
  }
}
