import { addEndpoint } from './add-endpoint.ts'
import { addServer } from './add-server.ts'
import { changeServerState } from './change-server-state.ts'
import { checkServerName } from './check-server-name.ts'
import { deleteServer } from './delete-server.ts'
import { discoverEndpoint } from './discover-endpoint.ts'
import { getEndpointCard } from './get-endpoint-card.ts'
import { getRoom } from './get-room.ts'
import { getServerCard } from './get-server-card.ts'
import { listServers } from './list-servers.ts'
import { probeServers } from './probe-servers.ts'
import { rediscoverEndpoint } from './rediscover-endpoint.ts'
import { reprovisionEndpoint } from './reprovision-endpoint.ts'
import { updateEndpoint } from './update-endpoint.ts'
import { updateServer } from './update-server.ts'
import { watchRoom } from './watch-room.ts'

export const serverVerbs = {
  addEndpoint,
  addServer,
  changeServerState,
  checkServerName,
  deleteServer,
  discoverEndpoint,
  getEndpointCard,
  getRoom,
  getServerCard,
  listServers,
  probeServers,
  rediscoverEndpoint,
  reprovisionEndpoint,
  updateEndpoint,
  updateServer,
  watchRoom,
}
