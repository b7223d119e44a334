import { Migration } from '@mikro-orm/migrations'

/** What had been given back of a payment when it was settled is in no refund of the books, and is not taken again. */
export class RefundedBefore extends Migration {
  override up(): void {
    this.addSql(`alter table "payments" add column "refunded_before_minor" bigint null`)
  }
}
