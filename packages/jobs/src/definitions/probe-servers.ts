import { defineJob } from '../definition.ts'

export const probeServers = defineJob('probe-servers', (shop) => shop.probeServers())
