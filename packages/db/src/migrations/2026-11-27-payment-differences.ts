import { Migration } from '@mikro-orm/migrations'

/** How a settled payment differs from the provider's own list, what was written off of it, and that staff must decide. */
export class PaymentDifferences extends Migration {
  override up(): void {
    this.addSql(`alter table "payments"
      add column "difference" text null, add column "difference_minor" bigint null,
      add column "difference_said" text null, add column "written_off_minor" bigint null`)
    this.addSql(`drop index "payments_undecided"`)
    this.addSql(`create index "payments_undecided" on "payments" ("created_at") where "decided_at" is null
      and ("state" = 'mismatch' or ("state" in ('expired', 'canceled') and "trouble" in ('unclear', 'unknown_invoice', 'refused'))
      or "difference" is not null)`)
  }
}
