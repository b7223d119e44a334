import { Migration } from '@mikro-orm/migrations'

/** Whether a provider wants a fiscal receipt with each payment, and where a customer gets it. */
export class Receipts extends Migration {
  override up(): void {
    this.addSql(`alter table "provider_health" add column "needs_receipts" boolean null`)
    this.addSql(`alter table "customers" add column "receipt_email" text null`)
  }
}
