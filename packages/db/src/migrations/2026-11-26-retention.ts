import { Migration } from '@mikro-orm/migrations'

/** What is too old is found by an index, however much is kept. */
export class Retention extends Migration {
  override up(): void {
    this.addSql(`create index "payment_messages_shown_at_index" on "payment_messages" ("shown_at")`)
    this.addSql(`create index "accesses_removed" on "accesses" ("removed_at") where "removed_at" is not null`)
    this.addSql(`create index "accesses_of_device" on "accesses" ("device_id") where "device_id" is not null`)
    this.addSql(`create index "devices_revoked" on "devices" ("revoked_at") where "revoked_at" is not null`)
  }
}
