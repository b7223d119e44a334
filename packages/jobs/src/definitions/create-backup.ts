import { defineJob } from '../definition.ts'

export const createBackup = defineJob('create-backup', (shop) => shop.createBackup())
