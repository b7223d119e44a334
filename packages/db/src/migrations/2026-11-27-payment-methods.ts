import { Migration } from '@mikro-orm/migrations'

/** A provider's ways to pay are offered apart; what it was asked for is kept until it answers, so that a repeat asks the same. */
export class PaymentMethods extends Migration {
  override up(): void {
    this.addSql(`alter table "payments" add column "method" text null, add column "asked" jsonb null,
      add column "refusals" int not null default 0`)
    this.addSql(`alter table "provider_health" add column "methods" jsonb null`)
  }
}
