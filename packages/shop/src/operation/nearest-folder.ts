import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** The folder itself or, while it does not exist yet, its nearest existing parent. */
export function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder))
}
