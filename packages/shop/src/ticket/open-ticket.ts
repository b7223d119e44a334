import { type EntityManager, TicketEntity, type TicketRow } from '@vpn-kiosk/db'
import { type CustomerId, newId } from '@vpn-kiosk/domain'
import { recordActivity } from '../audit/record-activity.ts'
import type { IncomingMessage } from './ticket.ts'

const subjectLength = 100

/** A new ticket, whose subject is the beginning of its first message; in the caller's transaction. */
export async function openTicket(
  em: EntityManager,
  customerId: CustomerId,
  { text, kind }: Pick<IncomingMessage, 'text' | 'kind'>,
  now: Date,
): Promise<TicketRow> {
  const id = newId('ticket')
  const subject = [...(text ?? kind)].slice(0, subjectLength).join('')
  await em
    .getKysely()
    .insertInto('tickets')
    .values({
      id,
      customer_id: customerId,
      subject,
      state: 'open',
      created_at: now,
      last_message_at: now,
    })
    .execute()
  await recordActivity(em, customerId, 'ticket', now)
  return em.findOneOrFail(TicketEntity, { id })
}
