import { showView } from '@vpn-kiosk/telegram'
import type { ClientContext } from '../../context.ts'
import { askEmailView } from './views.ts'

/** Asks where receipts go. `next` is the data of the button that was pressed: it is offered again once that is known. */
export async function askEmail(ctx: ClientContext, next: string): Promise<void> {
  await showView(ctx, askEmailView(ctx.t))
  ctx.session.dialog = { kind: 'receipt_email', next }
}
