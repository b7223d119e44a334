import { Migration } from '@mikro-orm/migrations'

/** Each copy of a process says here that it lives. */
export class ProcessSigns extends Migration {
  override up(): void {
    this.addSql(`create table "process_signs" (
      "id" text not null primary key,
      "process" text not null,
      "host" text not null,
      "pid" int not null,
      "version" text not null,
      "state" text not null,
      "started_at" timestamptz not null,
      "seen_at" timestamptz not null
    )`)
  }
}
