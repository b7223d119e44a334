import { type Expression, sql } from '@vpn-kiosk/db'
import type { Language } from '@vpn-kiosk/domain'

/**
 * SQL: the language that somebody of the staff reads the admin bot in, or else the shop; null when neither is known.
 * `telegramId` is an expression.
 */
export const spokenLanguage = (telegramId: Expression<string>) => sql<Language | null>`coalesce(
  (select s.value #>> '{}' from settings s where s.key = 'speaks:' || ${telegramId}::text),
  (select c.language from customers c where c.telegram_id = ${telegramId})
)`
