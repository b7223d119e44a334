import { people } from '@vpn-kiosk/telegram-simulator/page'
import { changeWorld, type Stage } from './world-client.ts'

/** Has everybody speak the page's language, but for the guest who is English anyway, and opens the owner's dashboard. */
export async function prepare(language: string, { people: cast, bots }: Stage): Promise<void> {
  await changeWorld('language', { language })
  const person = cast.owner.id
  const chat = `@${bots.admin.username}`
  const chats = await people('listChats', { person })
  if (chats.some(({ ref }) => ref === chat)) return
  await people('start', { person, bot: chat })
  await people('sendText', { person, chat, text: '/dashboard' })
}
