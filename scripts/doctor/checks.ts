import { backupCheck } from './backup.ts'
import { botChecks } from './bot-checks.ts'
import { clockCheck } from './clock.ts'
import { databaseCheck } from './database.ts'
import { deliveriesCheck } from './deliveries.ts'
import { diskCheck } from './disk.ts'
import { environmentFileCheck } from './environment-file.ts'
import type { Check } from './finding.ts'
import { foldersCheck } from './folders.ts'
import { migrationsCheck } from './migrations.ts'
import { paymentsCheck } from './payments.ts'
import { plansCheck } from './plans.ts'
import { processesCheck } from './processes.ts'
import { publicUrlCheck } from './public-url.ts'
import { redisCheck } from './redis.ts'
import { roomCheck } from './room.ts'
import { secretKeyCheck } from './secret-key.ts'
import { serversCheck } from './servers.ts'
import { staffCheck } from './staff.ts'
import { supportGroupCheck } from './support-group.ts'

/** Every check, in the order in which it is printed. A new one is one file and one line here. */
export const checks: readonly Check[] = [
  environmentFileCheck,
  ...botChecks,
  supportGroupCheck,
  staffCheck,
  clockCheck,
  databaseCheck,
  migrationsCheck,
  processesCheck,
  secretKeyCheck,
  plansCheck,
  serversCheck,
  roomCheck,
  deliveriesCheck,
  paymentsCheck,
  redisCheck,
  publicUrlCheck,
  backupCheck,
  foldersCheck,
  diskCheck,
]
