export { RestoreRefused, restoreBackup } from './backup/restore-backup.ts'
export * from './entities/index.ts'
export * from './open-database.ts'
