import { Migration } from '@mikro-orm/migrations'

/** Topics and messages of tickets are known by their chat and bot, and not by a bare number that another chat has too. */
export class TicketPlaces extends Migration {
  override up(): void {
    this.addSql(`create table "ticket_topics" (
        "chat_id" bigint not null,
        "topic_id" int not null,
        "ticket_id" text not null,
        "card_message_id" int null,
        "created_at" timestamptz not null,
        primary key ("chat_id", "topic_id")
      )`)
    this.addSql(
      `alter table "ticket_topics" add constraint "ticket_topics_ticket_id_chat_id_unique" unique ("ticket_id", "chat_id")`,
    )
    this.addSql(
      `alter table "ticket_topics" add constraint "ticket_topics_ticket_id_foreign" foreign key ("ticket_id") references "tickets" ("id") on delete cascade`,
    )
    this.addSql(`alter table "ticket_messages"
        add column "source_chat_id" bigint null,
        add column "source_bot_id" bigint null,
        add column "source_id" int null,
        add column "copy_chat_id" bigint null,
        add column "copy_bot_id" bigint null`)
    this.addSql(
      `alter table "ticket_messages" add constraint "ticket_messages_source" unique ("ticket_id", "author", "source_chat_id", "source_bot_id", "source_id")`,
    )
  }
}
