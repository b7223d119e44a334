/**
 * SQL: the language that somebody of the staff reads the admin bot in, or else the shop; null when neither is known.
 * `telegramId` is an expression.
 */
export const spokenLanguage = (telegramId: string): string => `coalesce(
  (select s.value #>> '{}' from settings s where s.key = 'speaks:' || ${telegramId}::text),
  (select c.language from customers c where c.telegram_id = ${telegramId})
)`
