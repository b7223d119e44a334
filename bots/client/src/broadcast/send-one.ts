import type { BroadcastId } from '@vpn-kiosk/domain'
import type { Claim, Recipient, RecipientOutcome, Shop } from '@vpn-kiosk/shop'
import { type Logger, notify, RateBudgetExhausted, type Translations } from '@vpn-kiosk/telegram'
import type { Api } from 'grammy'
import { newsKeyboard } from '../features/news/views.ts'
import { judgeSend } from './judge-send.ts'
import type { Pauses } from './pauses.ts'

export interface Broadcasting {
  readonly id: BroadcastId
  /** HTML. */
  readonly text: string
  readonly shop: Pick<Shop, 'claimRecipient' | 'recordOutcomes'>
  readonly api: Api
  readonly translations: Translations
  readonly logger: Logger
  readonly pauses: Pauses
}

export interface Attempt {
  readonly recipient: Recipient
  readonly worker: number
  /** True from the moment the person is being claimed: from here on it must be brought to its end. */
  hasTurn: boolean
}

/** `kept_back`: nobody claimed this person, and Telegram was not asked. */
export type AttemptResult = 'asked' | 'kept_back' | Exclude<Claim['kind'], 'claimed'>

class KeptBack extends Error {
  override readonly name = 'KeptBack'
  readonly result: AttemptResult
  constructor(result: AttemptResult) {
    super(result)
    this.result = result
  }
}

const exhaustedRestMs = 1000

/**
 * Waits for the person's turn in the rate budget, claims them, asks Telegram and writes down how it ended. Who only
 * waits is nobody's: a process that dies leaves an unknown outcome for those alone whom Telegram was being asked about.
 */
export async function sendOne(run: Broadcasting, attempt: Attempt): Promise<AttemptResult> {
  let isClaimed = false
  const onTurn = async (): Promise<void> => {
    if (!run.pauses.isOpenTo(attempt.worker)) throw new KeptBack('kept_back')
    attempt.hasTurn = true
    const { kind } = await run.shop.claimRecipient(run.id, attempt.recipient.customerId)
    if (kind !== 'claimed') throw new KeptBack(kind)
    isClaimed = true
  }
  try {
    const { telegramId, language } = attempt.recipient
    const keyboard = newsKeyboard(run.translations.translatorFor(language), { isOn: true })
    await notify(run.api, Number(telegramId), { text: run.text, keyboard }, { priority: 'broadcast', onTurn })
  } catch (error) {
    if (isClaimed) await recordFailure(run, attempt, error)
    else return keptBack(run, error)
    return 'asked'
  }
  run.pauses.fine()
  await record(run, attempt, 'sent')
  return 'asked'
}

function keptBack({ pauses }: Broadcasting, error: unknown): AttemptResult {
  if (error instanceof KeptBack) return error.result
  if (!(error instanceof RateBudgetExhausted)) throw error
  pauses.trouble(exhaustedRestMs)
  return 'kept_back'
}

async function recordFailure(run: Broadcasting, attempt: Attempt, error: unknown): Promise<void> {
  const { outcome, waitMs, isFatal, kind } = judgeSend(error)
  await record(run, attempt, outcome)
  const fields = { broadcastId: run.id, customerId: attempt.recipient.customerId, kind }
  if (outcome === 'failed') run.logger.warn(fields, 'A broadcast was refused to one person')
  if (isFatal) throw error
  if (waitMs !== null) run.pauses.trouble(waitMs)
}

const record = (run: Broadcasting, { recipient }: Attempt, outcome: RecipientOutcome): Promise<void> =>
  run.shop.recordOutcomes(run.id, [{ customerId: recipient.customerId, outcome }])
