import { Migration } from '@mikro-orm/migrations'

/** A notice knows when its job was last queued, so that a sweep does not queue it again while that one waits. */
export class NoticesQueuedAt extends Migration {
  override up(): void {
    this.addSql(`alter table "notices" add column "queued_at" timestamptz null`)
    this.addSql(`update notices set queued_at = created_at where state <> 'held'`)
    this.addSql(`create index "notices_state_queued_at_index" on "notices" ("state", "queued_at")`)
  }
}
