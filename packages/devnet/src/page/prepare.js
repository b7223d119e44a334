import { people, world } from './api.js'
import { language } from './i18n.js'

/** Has everybody speak the page's language, but for the guest who is English anyway, and opens the owner's dashboard. */
export async function prepare({ people: cast, bots }) {
  await world('language', { language })
  const person = cast.owner.id
  const chat = `@${bots.admin.username}`
  const chats = await people('list-chats', { person })
  if (chats.some(({ ref }) => ref === chat)) return
  await people('start', { person, bot: chat })
  await people('send-text', { person, chat, text: '/dashboard' })
}
