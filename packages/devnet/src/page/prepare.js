import { people } from './api.js'
import { language } from './i18n.js'

/** Lets the cast speak the page's language, but for the guest who is English anyway, and opens the owner's dashboard. */
export async function prepare({ people: cast, bots }) {
  const natives = Object.values(cast).filter(({ languageCode }) => languageCode === 'ru')
  await Promise.all(natives.map(({ id }) => people('set-language', { person: id, languageCode: language })))
  const person = cast.owner.id
  const chat = `@${bots.admin.username}`
  const chats = await people('list-chats', { person })
  if (chats.some(({ ref }) => ref === chat)) return
  await people('start', { person, bot: chat })
  await people('send-text', { person, chat, text: '/dashboard' })
}
