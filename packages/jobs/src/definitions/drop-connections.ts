import { defineJob } from '../definition.ts'

export const dropConnections = defineJob('drop-connections', (shop) => shop.dropConnections())
