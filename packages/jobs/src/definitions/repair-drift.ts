import { defineJob } from '../definition.ts'

export const repairDrift = defineJob('repair-drift', (shop) => shop.repairDrift())
