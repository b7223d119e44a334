import { Migration } from '@mikro-orm/migrations'

/**
 * A payment that only a human can end keeps when one did. Those that are older than a month are taken for decided: until
 * now nobody could say so.
 */
export class PaymentDecisions extends Migration {
  override up(): void {
    this.addSql(`alter table "payments" add column "decided_at" timestamptz null`)
    this.addSql(`update "payments" set "decided_at" = "created_at" where "created_at" < now() - interval '30 days'
      and ("state" = 'mismatch' or ("state" in ('expired', 'canceled') and "trouble" in ('unclear', 'unknown_invoice', 'refused')))`)
    this.addSql(`create index "payments_undecided" on "payments" ("created_at") where "decided_at" is null
      and ("state" = 'mismatch' or ("state" in ('expired', 'canceled') and "trouble" in ('unclear', 'unknown_invoice', 'refused')))`)
  }
}
