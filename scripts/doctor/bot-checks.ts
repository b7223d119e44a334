import type { Config } from '@vpn-kiosk/app'
import { openBotApi, readRefusal } from './bot-api.ts'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const manyWaiting = 500

const bots = [
  ['client bot', 'CLIENT_BOT_TOKEN', 'clientToken'],
  ['support bot', 'SUPPORT_BOT_TOKEN', 'supportToken'],
  ['admin bot', 'ADMIN_BOT_TOKEN', 'adminToken'],
] as const

/** Checks each bot's token, and whether this shop receives its updates. */
export const botChecks: readonly Check[] = bots.map(([name, variable, key]) => ({
  name,
  examine: async ({ config: { telegram } }) => {
    const token = telegram[key]
    if (token === null) return [missing(name, variable, telegram)]
    try {
      return [await examineBot(name, token, telegram.apiRoot)]
    } catch (error) {
      return [explain(name, variable, error, telegram.apiRoot)]
    }
  },
}))

/** A missing token is a mistake when other bots have one; when all lack one, the shop is not set up yet. */
function missing(name: string, variable: string, telegram: Config['telegram']): Finding {
  const isAlone = bots.some(([, , key]) => telegram[key] !== null)
  const advice = `make a bot with @BotFather and put its token into .env as ${variable}`
  return isAlone ? wrong(name, `${variable} is not set`, advice) : notSet(name, `${variable} is not set`, advice)
}

async function examineBot(name: string, token: string, apiRoot: string): Promise<Finding> {
  const api = openBotApi(token, apiRoot)
  const [me, webhook] = await Promise.all([api.getMe(), api.getWebhookInfo()])
  const waiting = webhook.pending_update_count
  if (webhook.url) {
    const place = URL.canParse(webhook.url) ? new URL(webhook.url).host : 'elsewhere'
    return wrong(
      name,
      `@${me.username}: a webhook to ${place} takes its updates, while this shop polls`,
      'end the other program that uses this token, then npm start: the bot removes the webhook',
    )
  }
  if (waiting > manyWaiting) {
    return wrong(name, `@${me.username}: ${waiting} updates wait`, 'npm run status shows whether the bot runs')
  }
  return fine(name, `@${me.username}, polling${waiting > 0 ? `, ${waiting} updates wait` : ''}`)
}

function explain(name: string, variable: string, error: unknown, apiRoot: string): Finding {
  const refusal = readRefusal(error)
  if (refusal && (refusal.status === 401 || refusal.status === 404)) {
    return wrong(
      name,
      `Telegram does not know this token (${refusal.words})`,
      `put the one of @BotFather into ${variable}`,
    )
  }
  if (refusal) return wrong(name, `Telegram refuses: ${refusal.words}`, 'try again in a minute')
  return wrong(name, `${apiRoot} does not answer`, 'check the network, and TELEGRAM_API_ROOT if it is set')
}
