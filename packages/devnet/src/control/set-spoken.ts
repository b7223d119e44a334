import { anyOf } from '@vpn-kiosk/db'
import type { Language } from '@vpn-kiosk/domain'
import { cast } from '../cast.ts'
import { isSeeded } from '../seed/names.ts'
import type { ControlledWorld } from './world.ts'

/**
 * Has everybody whom the page plays speak its language: in Telegram, and with the shop, which remembers what it heard
 * first. The guest keeps their own, and so do the people of the seeded history.
 */
export async function setSpoken({ telegram, app }: Pick<ControlledWorld, 'telegram' | 'app'>, language: Language) {
  const played = telegram.people.listPersons().filter(({ id }) => id !== cast.people.guest.id && !isSeeded(id))
  for (const { id: person } of played) telegram.people.setLanguage({ person, languageCode: language })
  const known = await app.db
    .getKysely()
    .selectFrom('customers')
    .select('id')
    .where('telegram_id', '=', anyOf(played.map(({ id }) => String(id))))
    .where('language', '<>', language)
    .execute()
  for (const { id } of known) await app.shop.changeLanguage(id, language)
}
