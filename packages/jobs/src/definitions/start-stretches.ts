import { defineJob } from '../definition.ts'

export const startStretches = defineJob('start-stretches', (shop) => shop.startStretches())
