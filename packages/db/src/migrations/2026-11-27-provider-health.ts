import { Migration } from '@mikro-orm/migrations'

/** How each payment provider has answered lately: one that is out of order is hidden from customers, in every process. */
export class ProviderHealth extends Migration {
  override up(): void {
    this.addSql(`create table "provider_health" (
        "provider" text not null,
        "failures" int not null default 0,
        "said" text null,
        "probed_at" timestamptz null,
        "answered_at" timestamptz null,
        "hidden_at" timestamptz null,
        primary key ("provider")
      )`)
  }
}
