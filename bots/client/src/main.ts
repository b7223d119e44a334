import { explainBotFailure, openApp, requireClientBot, runProcess } from '@vpn-kiosk/app'
import { startClientBot } from './start-client-bot.ts'

await runProcess('client', async (life) => {
  const token = requireClientBot(life.config)
  const app = await openApp(life)
  const explain = explainBotFailure('CLIENT_BOT_TOKEN')
  const bot = await startClientBot({ ...app, token, apiRoot: life.config.telegram.apiRoot }).catch(explain)
  life.onStop('the client bot', bot.close)
  bot.finished.catch(explain).catch(life.fail)
})
