import { Migration } from '@mikro-orm/migrations'

/** What invitations brought in money, and who was rewarded lately. */
export class ReferralRewards extends Migration {
  override up(): void {
    this.addSql(`create table "referral_rewards" (
        "payment_id" text not null,
        "level" int not null,
        "referral_id" text not null,
        "referrer_id" text not null,
        "amount_minor" bigint not null,
        "currency" text not null,
        "taken_minor" bigint not null default 0,
        "lost_minor" bigint not null default 0,
        "given_at" timestamptz not null,
        primary key ("payment_id", "level"),
        constraint "referral_rewards_within" check (taken_minor >= 0 and lost_minor >= 0 and taken_minor + lost_minor <= amount_minor)
      )`)
    this.addSql(`alter table "referral_rewards" add constraint "referral_rewards_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`)
    this.addSql(`alter table "referral_rewards" add constraint "referral_rewards_referral_id_foreign" foreign key ("referral_id") references "referrals" ("id")`)
    this.addSql(`alter table "referral_rewards" add constraint "referral_rewards_referrer_id_foreign" foreign key ("referrer_id") references "customers" ("id")`)
    this.addSql(`create index "referral_rewards_referral_id_index" on "referral_rewards" ("referral_id")`)
    this.addSql(`create index "referral_rewards_referrer_id_index" on "referral_rewards" ("referrer_id")`)
    this.addSql(`create index "referrals_rewarded" on "referrals" ("rewarded_at") where "rewarded_at" is not null`)
  }
}
