import { defineJob } from '../definition.ts'

export const reconcileEndpoints = defineJob('reconcile-endpoints', (shop) => shop.reconcileEndpoints())
