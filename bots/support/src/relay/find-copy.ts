import type { TicketEdit, TicketSide } from '@vpn-kiosk/shop'
import type { SupportShop } from '../context.ts'
import type { FoundCopy } from './found-copy.ts'
import type { Relay } from './relay.ts'

export interface FindCopyDeps {
  readonly shop: Pick<SupportShop, 'receiveTicketEdit'>
  readonly relay: Pick<Relay, 'passed'>
}

/** Stores an edit and finds the copy to change. A copy that is on its way may have been made from the old words: it is waited for. */
export async function findCopy(
  { shop, relay }: FindCopyDeps,
  edit: TicketEdit,
  author: TicketSide,
): Promise<FoundCopy> {
  let result = await shop.receiveTicketEdit(edit)
  if (result.kind === 'on_its_way') {
    await relay.passed(result.ticketId, author)
    result = await shop.receiveTicketEdit(edit)
  }
  return result.kind === 'on_its_way' ? { kind: 'nothing' } : result
}
