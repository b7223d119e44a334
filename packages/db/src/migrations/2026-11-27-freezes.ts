import { Migration } from '@mikro-orm/migrations'

/** A frozen subscription has a stretch that begins later: it is no mistake of the clock's, and is looked for by that. */
export class Freezes extends Migration {
  override up(): void {
    this.addSql(`create index "subscriptions_early" on "subscriptions" ("stretch_starts_at") where "state" <> 'frozen'`)
    this.addSql(`create index "subscriptions_frozen" on "subscriptions" ("stretch_starts_at") where "state" = 'frozen'`)
    this.addSql('drop index "subscriptions_stretch_starts_at_index"')
  }
}
