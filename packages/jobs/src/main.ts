import { openApp, runProcess } from '@vpn-kiosk/app'
import { startJobs } from './start-jobs.ts'

await runProcess('jobs', async (life) => {
  const app = await openApp(life)
  const jobs = await startJobs(app)
  life.onStop('the schedule', jobs.close)
})
