import { openApp, requireClientBot, runProcess } from '@vpn-kiosk/app'
import { startClientBot } from './start-client-bot.ts'

await runProcess('client', async (life) => {
  const token = requireClientBot(life.config)
  const app = await openApp(life)
  const bot = await startClientBot({ ...app, token, apiRoot: life.config.telegram.apiRoot })
  life.onStop('the client bot', bot.stop)
  bot.finished.catch(life.fail)
})
