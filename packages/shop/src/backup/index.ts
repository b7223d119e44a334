import { createBackup } from './create-backup.ts'

export const backupVerbs = {
  createBackup,
}
