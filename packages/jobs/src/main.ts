import { openApp, runProcess } from '@vpn-kiosk/app'
import { startJobs } from './start-jobs.ts'
import { watchRedis } from './watch-redis.ts'

await runProcess('jobs', async (life) => {
  const app = await openApp(life)
  const jobs = await startJobs(app)
  life.onStop('the schedule', jobs.close)
  const { redis } = app
  if (redis) life.onStop('the watch of Redis', watchRedis({ ...app, ping: () => redis.ping() }).close)
})
