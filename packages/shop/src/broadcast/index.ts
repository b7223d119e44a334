import { cancelBroadcast } from './cancel-broadcast.ts'
import { claimRecipient } from './claim-recipient.ts'
import { countRecipients } from './count-recipients.ts'
import { createBroadcast } from './create-broadcast.ts'
import { fillBroadcast } from './fill-broadcast.ts'
import { finishBroadcast } from './finish-broadcast.ts'
import { getBroadcastCard } from './get-broadcast-card.ts'
import { listBroadcastWatches } from './list-broadcast-watches.ts'
import { listBroadcasts } from './list-broadcasts.ts'
import { listRecipients } from './list-recipients.ts'
import { listRunningBroadcasts } from './list-running-broadcasts.ts'
import { readBroadcast } from './read-broadcast.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { startBroadcast } from './start-broadcast.ts'
import { unwatchMessage } from './unwatch-message.ts'
import { watchBroadcast } from './watch-broadcast.ts'

export const broadcastVerbs = {
  cancelBroadcast,
  claimRecipient,
  countRecipients,
  createBroadcast,
  fillBroadcast,
  finishBroadcast,
  getBroadcastCard,
  listBroadcastWatches,
  listBroadcasts,
  listRecipients,
  listRunningBroadcasts,
  readBroadcast,
  recordOutcomes,
  startBroadcast,
  unwatchMessage,
  watchBroadcast,
}
