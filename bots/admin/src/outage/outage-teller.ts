import type { Clock } from '@vpn-kiosk/domain'
import type { Shop, StaffContact } from '@vpn-kiosk/shop'
import { classifyDelivery, type Logger, notify, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { outageBeginsView, outageEndsView } from './views.ts'

/** A restart of Postgres is over by then. */
const quietMs = 60_000
/** A network that swallows everything never answers at all. */
const answerLimitMs = 10_000

export interface OutageTellerDeps {
  readonly shop: Pick<Shop, 'listStaffContacts'>
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
  readonly clock: Clock
}

export interface OutageTeller {
  /** Asks the database once, and tells whoever is to be told. Never throws. */
  look(): Promise<void>
}

/**
 * Tells the owners of a database that is away for more than a minute, once, and of its end to those who were told.
 * Notifications to staff are rows, so of this one no row can tell: who the owners are is remembered from when the
 * database answered last. While Telegram does not answer either, the next look tries again.
 */
export function createOutageTeller(deps: OutageTellerDeps): OutageTeller {
  const { shop, translations, logger, clock } = deps
  let contacts: readonly StaffContact[] = []
  let since: Date | null = null
  let lastedMs = 0
  const told = new Map<bigint, StaffContact>()
  const awaitingEnd = new Map<bigint, StaffContact>()

  const recovered = (fresh: readonly StaffContact[]): void => {
    contacts = fresh
    if (since === null) return
    lastedMs = clock.now().getTime() - since.getTime()
    since = null
    for (const [id, contact] of told) awaitingEnd.set(id, contact)
    told.clear()
  }
  const tellBegin = async (began: Date): Promise<void> => {
    for (const contact of ownersOf(contacts)) {
      if (told.has(contact.telegramId)) continue
      const view = outageBeginsView(translations.translatorFor(contact.language), began)
      if (await tell(deps, contact, view)) told.set(contact.telegramId, contact)
    }
  }
  const tellEnd = async (): Promise<void> => {
    for (const contact of [...awaitingEnd.values()]) {
      const view = outageEndsView(translations.translatorFor(contact.language), lastedMs)
      if (await tell(deps, contact, view)) awaitingEnd.delete(contact.telegramId)
    }
  }
  return {
    async look() {
      try {
        recovered(await within(shop.listStaffContacts()))
      } catch (error) {
        if (since === null) logger.warn({ error: String(error) }, 'The database does not answer')
        since ??= clock.now()
      }
      if (since === null) return tellEnd()
      if (clock.now().getTime() - since.getTime() > quietMs) await tellBegin(since)
    },
  }
}

/** Where the shop has no owner, its admins. */
function ownersOf(contacts: readonly StaffContact[]): readonly StaffContact[] {
  const owners = contacts.filter(({ role }) => role === 'owner')
  return owners.length > 0 ? owners : contacts.filter(({ role }) => role === 'admin')
}

/** False: worth another try. */
async function tell(
  { api, logger }: OutageTellerDeps,
  { telegramId }: StaffContact,
  view: ReturnType<typeof outageBeginsView>,
): Promise<boolean> {
  try {
    await notify(api, Number(telegramId), view)
    return true
  } catch (error) {
    const { kind, reason } = classifyDelivery(error)
    logger.warn({ telegramId: String(telegramId), reason }, 'Could not tell of the database')
    return kind !== 'try_later'
  }
}

async function within<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerLimitMs / 1000} s`)), answerLimitMs)
  })
  try {
    return await Promise.race([answer, limit])
  } finally {
    clearTimeout(timer)
  }
}
