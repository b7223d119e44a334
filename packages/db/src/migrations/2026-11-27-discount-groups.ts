import { Migration } from '@mikro-orm/migrations'

/** A customer may be in a group that the shop takes a percentage off for. */
export class DiscountGroups extends Migration {
  override up(): void {
    this.addSql('alter table "held_discounts" add column "group_id" text null')
    this.addSql(
      'create index "held_discounts_group" on "held_discounts" ("group_id") where "group_id" is not null',
    )
  }
}
