import { Migration } from '@mikro-orm/migrations'

/** What the database itself refuses, whoever asks: unbalanced or changed books, negative amounts. */
export class Guards extends Migration {
  override up(): void {
    this.addSql(`create function assert_posting_balanced() returns trigger language plpgsql as $$
      begin
        if exists (
          select 1 from ledger_entries where posting_id = new.posting_id group by currency having sum(amount_minor) <> 0
        ) then
          raise exception 'posting % does not sum to zero', new.posting_id;
        end if;
        return null;
      end $$`)
    this.addSql(`create constraint trigger ledger_entries_balanced after insert on ledger_entries
      deferrable initially deferred for each row execute function assert_posting_balanced()`)
    this.addSql(`create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name;
      end $$`)
    for (const table of ['ledger_postings', 'ledger_entries', 'payment_steps', 'audit_log']) {
      this.addSql(`create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`)
    }
    this.addSql(`alter table payments add constraint payments_amount_positive check (amount_minor > 0)`)
    this.addSql(`alter table plans add constraint plans_price_not_negative check (price_minor >= 0 and days > 0)`)
  }
}
