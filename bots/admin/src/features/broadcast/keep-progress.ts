import type { BroadcastWatch, Shop } from '@vpn-kiosk/shop'
import { classifyDelivery, editView, type Logger, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { createAlarm } from '../../alarm.ts'
import { broadcastView } from './views.ts'

export interface KeepProgressDeps {
  readonly shop: Pick<Shop, 'listBroadcastWatches' | 'getBroadcastCard' | 'unwatchMessage'>
  readonly api: Api
  /** The bot's own id: only its messages can be edited. */
  readonly botId: bigint
  readonly translations: Translations
  readonly logger: Logger
  /** How often a message is edited while its broadcast runs (3 s). */
  readonly everyMs?: number
}

export interface ProgressKeeper {
  /** Somebody has just opened a broadcast that runs. */
  ring(): void
  close(): Promise<void>
}

const idleMs = 60_000

/**
 * Keeps every message that shows a running broadcast true: edits it every few seconds until the broadcast is over, also
 * over a restart, and then for the last time. A message that shows something else by now is left alone.
 */
export function keepProgress(deps: KeepProgressDeps): ProgressKeeper {
  const { shop, logger, botId, everyMs = 3000 } = deps
  const alarm = createAlarm()
  const shown = new Map<string, string>()
  let isEnding = false
  const round = async (): Promise<number> => {
    const watches = await shop.listBroadcastWatches(botId)
    for (const watch of watches) await refresh(deps, watch, shown)
    if (watches.length === 0) shown.clear()
    return watches.length
  }
  const run = async (): Promise<void> => {
    while (!isEnding) {
      const watched = await round().catch((error: unknown) => {
        logger.warn({ error: String(error) }, 'The progress of broadcasts is not shown')
        return 0
      })
      if (isEnding) return
      await alarm.wait(watched === 0 ? idleMs : everyMs)
    }
  }
  const running = run()
  return {
    ring: () => alarm.ring(),
    async close() {
      isEnding = true
      alarm.ring()
      await running
    },
  }
}

async function refresh(
  { shop, api, translations, logger }: KeepProgressDeps,
  watch: BroadcastWatch,
  shown: Map<string, string>,
): Promise<void> {
  const { chatId, messageId, broadcastId, language } = watch
  const key = `${chatId} ${messageId}`
  // In a private chat the chat's id is the person's: the role is asked for again.
  const seen = await shop.getBroadcastCard(chatId, broadcastId)
  const card = seen.kind === 'seen' ? seen.value : null
  if (!card) return shop.unwatchMessage(watch)
  const view = broadcastView(translations.translatorFor(language), card)
  const isOver = card.state !== 'running'
  try {
    const isThere = shown.get(key) === view.text || (await editView(api, Number(chatId), messageId, view))
    shown.set(key, view.text)
    if (isOver || !isThere) await shop.unwatchMessage(watch)
  } catch (error) {
    const failure = classifyDelivery(error)
    logger.warn({ broadcastId, reason: failure.reason }, 'The progress of a broadcast could not be shown')
    if (failure.kind !== 'try_later') await shop.unwatchMessage(watch)
  }
}
