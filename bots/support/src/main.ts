import { explainBotFailure, openApp, requireSupportBot, requireSupportGroup, runProcess } from '@vpn-kiosk/app'
import { startSupportBot } from './start-support-bot.ts'

await runProcess('support', async (life) => {
  const token = requireSupportBot(life.config)
  const groupId = requireSupportGroup(life.config)
  const app = await openApp(life)
  const explain = explainBotFailure('SUPPORT_BOT_TOKEN')
  const bot = await startSupportBot({ ...app, token, groupId, apiRoot: life.config.telegram.apiRoot }).catch(explain)
  life.onStop('the support bot', bot.close)
  bot.finished.catch(explain).catch(life.fail)
})
