import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Config, projectDirectory } from '@vpn-kiosk/app'

export interface UsedFolder {
  /** What the folder is called in sentences: its variable, or its path where no variable moves it. */
  readonly name: string
  readonly path: string
  readonly variable: string | null
}

const named = (variable: string, path: string): UsedFolder => ({ name: variable, path, variable })

/** The folders that this shop writes to. DATA_DIRECTORY itself is one only while the database is embedded. */
export function listUsedFolders({ database, directories, log }: Config): UsedFolder[] {
  const data = database.kind === 'embedded' ? [named('DATA_DIRECTORY', directories.data)] : []
  return [...data, named('BACKUP_DIRECTORY', directories.backups), ...listLogFolders(log)]
}

/** Under PM2 the logs lie in `.data/logs` wherever the data are. */
function listLogFolders({ file }: Config['log']): UsedFolder[] {
  const usual = join(projectDirectory, '.data/logs')
  if (file) return [named('LOG_FILE', dirname(file.path))]
  return existsSync(usual) ? [{ name: '.data/logs', path: usual, variable: null }] : []
}
