import type { Shop, StaffNotificationOutcome, StaffNotificationToSend } from '@vpn-kiosk/shop'
import { classifyDelivery, editView, type Logger, notify, type Translations, type View } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { readAlertDetails, type StoryShop } from './read-alert-details.ts'
import { staffAlertView } from './views.ts'

export interface TellOneDeps {
  readonly shop: StoryShop & Pick<Shop, 'recordStaffNotification'>
  readonly api: Api
  /** The bot's own id: only its messages can be edited. */
  readonly botId: bigint
  readonly translations: Translations
  readonly logger: Logger
}

/** How telling ended while the database went away, by person and alert. */
export type Unwritten = Map<string, Told>

interface Told {
  readonly told: StaffNotificationToSend
  readonly outcome: StaffNotificationOutcome
  readonly concernsEverybody: boolean
}

/**
 * Tells one person one alert, or edits the message that tells it, and writes down how that ended. Throws only when it
 * could not be written down; the next call for the same person then writes it down, and asks Telegram nothing.
 */
export async function tellOne(
  deps: TellOneDeps,
  told: StaffNotificationToSend,
  unwritten: Unwritten,
): Promise<{ readonly concernsEverybody: boolean }> {
  const key = `${told.alertId} ${told.telegramId}`
  const ended = unwritten.get(key) ?? (await tryToTell(deps, told))
  unwritten.set(key, ended)
  await deps.shop.recordStaffNotification(ended.told, ended.outcome)
  unwritten.delete(key)
  return ended
}

async function tryToTell(deps: TellOneDeps, told: StaffNotificationToSend): Promise<Told> {
  try {
    return { told, outcome: { kind: 'sent', message: await say(deps, told) }, concernsEverybody: false }
  } catch (error) {
    const failure = classifyDelivery(error)
    const fields = {
      telegramId: String(told.telegramId),
      notification: told.alert.content.kind,
      reason: failure.reason,
    }
    deps.logger.warn(fields, 'Could not tell staff')
    const concernsEverybody = failure.kind === 'try_later' && failure.concernsEverybody
    return { told, outcome: outcomeOf(failure, told), concernsEverybody }
  }
}

async function say(
  deps: TellOneDeps,
  { telegramId, language, alert, alertId, message }: StaffNotificationToSend,
): Promise<StaffNotificationToSend['message']> {
  const { shop, api, botId, translations } = deps
  const story = await readAlertDetails(shop, { ...alert, id: alertId })
  const view = staffAlertView(translations.translatorFor(language), story, alert)
  if (message?.botId === botId) return (await edit(api, message, view)) ? message : null
  // What another bot wrote stands where nobody can change it: the alert's news is not worth a second message.
  if (message) return null
  const sent = await notify(api, Number(telegramId), view)
  return { botId, chatId: BigInt(sent.chat.id), messageId: sent.message_id }
}

const edit = (api: Api, { chatId, messageId }: NonNullable<StaffNotificationToSend['message']>, view: View) =>
  editView(api, Number(chatId), messageId, view)

/** An edit that is refused leaves a message that was read: nothing was lost that a person would have to hear of. */
function outcomeOf(
  failure: ReturnType<typeof classifyDelivery>,
  { message }: StaffNotificationToSend,
): StaffNotificationOutcome {
  if (message && failure.kind !== 'try_later') return { kind: 'sent', message: null }
  return failure
}
