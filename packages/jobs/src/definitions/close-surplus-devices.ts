import { defineJob } from '../definition.ts'

export const closeSurplusDevices = defineJob('close-surplus-devices', (shop) => shop.closeSurplusDevices())
