import { Migration } from '@mikro-orm/migrations'

/** A webhook about money that no payment asked for remembers that staff were told. */
export class WebhooksTold extends Migration {
  override up(): void {
    this.addSql(`alter table "payment_notices" add column "told_at" timestamptz null`)
  }
}
