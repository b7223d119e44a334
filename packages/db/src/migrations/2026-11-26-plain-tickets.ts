import { Migration } from '@mikro-orm/migrations'

/**
 * Tickets have no priority, and are open, waiting or closed. The column `priority` stays for processes of the commit
 * before, which write it; it may go with any later commit.
 */
export class PlainTickets extends Migration {
  override up(): void {
    this.addSql(`alter table "tickets" alter column "priority" set default 'normal'`)
    // No code has ever written this one.
    this.addSql(`update tickets set state = 'open' where state = 'in_progress'`)
  }
}
