import { Migration } from '@mikro-orm/migrations'

/** To which of the shop's terms a customer agreed, and when. */
export class CustomerTerms extends Migration {
  override up(): void {
    this.addSql('alter table "customers" add column "terms_version" int null, add column "terms_accepted_at" timestamptz null')
  }
}
