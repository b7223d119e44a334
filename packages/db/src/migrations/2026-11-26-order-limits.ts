import { Migration } from '@mikro-orm/migrations'

/** An order keeps the limits it was made with; without a device limit, an older process made it and the plan says. */
export class OrderLimits extends Migration {
  override up(): void {
    this.addSql(`alter table "orders" add column "device_limit" int null, add column "traffic_limit_bytes" bigint null`)
  }
}
