import { defineJob } from '../definition.ts'

export const sweepNotices = defineJob('sweep-notices', (shop) => shop.sweepNotices())
