import type { EntityManager } from '@vpn-kiosk/db'
import type { CustomerId } from '@vpn-kiosk/domain'
import type { TicketCustomer } from './ticket.ts'

export async function getTicketCustomer(em: EntityManager, customerId: CustomerId): Promise<TicketCustomer> {
  const row = await em
    .getKysely()
    .selectFrom('customers')
    .select(['id', 'telegram_id', 'first_name', 'last_name', 'language'])
    .where('id', '=', customerId)
    .executeTakeFirst()
  if (!row) throw new Error(`no customer ${customerId}`)
  return {
    id: row.id,
    telegramId: BigInt(row.telegram_id),
    fullName: [row.first_name, row.last_name].filter(Boolean).join(' '),
    language: row.language,
  }
}
