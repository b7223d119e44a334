import { Migration } from '@mikro-orm/migrations'

/** Why an endpoint did not agree, as a cause that can be said in words. */
export class AccessCauses extends Migration {
  override up(): void {
    this.addSql('alter table "accesses" add column "last_cause" text null')
  }
}
