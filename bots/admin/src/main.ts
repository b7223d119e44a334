import { explainBotFailure, openApp, requireAdminBot, runProcess } from '@vpn-kiosk/app'
import { startAdminBot } from './start-admin-bot.ts'

await runProcess('admin', async (life) => {
  const token = requireAdminBot(life.config)
  const app = await openApp(life)
  const explain = explainBotFailure('ADMIN_BOT_TOKEN')
  const { apiRoot, clientToken } = life.config.telegram
  const bot = await startAdminBot({ ...app, token, clientToken, apiRoot }).catch(explain)
  life.onStop('the admin bot', bot.close)
  bot.finished.catch(explain).catch(life.fail)
})
