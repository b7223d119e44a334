import { cleanUp } from './clean-up.ts'
import { countUndelivered } from './count-undelivered.ts'
import { getBacklog } from './get-backlog.ts'
import { getHealth } from './get-health.ts'
import { listProcesses } from './list-processes.ts'
import { recordHeartbeat } from './record-heartbeat.ts'
import { recordRedis } from './record-redis.ts'
import { watchDisk } from './watch-disk.ts'

export const operationVerbs = {
  cleanUp,
  countUndelivered,
  getBacklog,
  getHealth,
  listProcesses,
  recordHeartbeat,
  recordRedis,
  watchDisk,
}
