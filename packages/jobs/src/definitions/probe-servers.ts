import { defineJob } from '../definition.ts'

export const probeServers = defineJob('probe-servers', async (shop) => {
  await shop.probeServers()
  await shop.watchRoom()
})
