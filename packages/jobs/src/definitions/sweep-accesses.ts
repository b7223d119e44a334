import { defineJob } from '../definition.ts'

export const sweepAccesses = defineJob('sweep-accesses', (shop) => shop.sweepAccesses())
