import { openApp, runProcess } from '@vpn-kiosk/app'
import { startWeb } from './start-web.ts'

await runProcess('web', async (life) => {
  const app = await openApp(life)
  const { redis } = app
  const checks = { database: app.db.ping }
  const sideChecks = redis ? { redis: () => redis.ping() } : {}
  const web = await startWeb({ ...app, ...app.config.http, checks, sideChecks })
  life.onStop('the web server', web.close)
  app.logger.info({ url: web.url }, 'The web server listens')
})
