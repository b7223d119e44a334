import { unlessFailed } from '@vpn-kiosk/telegram'
import type { AdminContext } from './context.ts'

/** Takes a message with a secret out of the chat; false when it is still there. */
export async function deleteMessage(ctx: AdminContext): Promise<boolean> {
  return (await unlessFailed(['gone', 'no_rights', 'unknown_outcome', 'other'], () => ctx.deleteMessage())) === true
}
