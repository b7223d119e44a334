import { Migration } from '@mikro-orm/migrations'

/** Staff list the payments of one provider, also in one state. */
export class PaymentsByProvider extends Migration {
  override up(): void {
    this.addSql('create index "payments_provider_created_at_index" on "payments" ("provider", "created_at")')
    this.addSql('create index "payments_provider_state_created_at_index" on "payments" ("provider", "state", "created_at")')
  }
}
