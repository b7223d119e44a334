import { Migration } from '@mikro-orm/migrations'

/** The list of payments in one state, newest first. */
export class PaymentsByState extends Migration {
  override up(): void {
    this.addSql('create index "payments_state_created_at_index" on "payments" ("state", "created_at")')
  }
}
