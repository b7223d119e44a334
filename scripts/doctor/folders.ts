import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { nearestFolder } from '@vpn-kiosk/shop'
import { describeError } from '../command-line/describe-error.ts'
import { type Check, type Finding, fine, wrong } from './finding.ts'
import { listUsedFolders, type UsedFolder } from './used-folders.ts'

const name = 'folders'

/** Writes a file into each folder that the shop writes to, and removes it again. */
export const foldersCheck: Check = {
  name,
  examine: async ({ config }) => {
    const folders = listUsedFolders(config)
    const failed: { readonly path: string; readonly finding: Finding }[] = []
    for (const folder of folders) {
      // Where BACKUP_DIRECTORY is not set, backups lie in the folder of the data: one cause is said once.
      const isWithin = failed.some(({ path }) => folder.path.startsWith(path + sep))
      const finding = isWithin ? null : await examineFolder(folder)
      if (finding) failed.push({ path: folder.path, finding })
    }
    if (failed.length > 0) return failed.map(({ finding }) => finding)
    return [fine(name, `${folders.map((one) => one.name).join(', ')} can be written`)]
  },
}

async function examineFolder({ name: called, path, variable }: UsedFolder): Promise<Finding | null> {
  try {
    await probe(nearestFolder(path))
    return null
  } catch (error) {
    const other = variable ? `, or set ${variable} to a folder where it may` : ''
    return wrong(
      name,
      `${called}: ${path} cannot be written (${describeError(error)})`,
      `let this account write there${other}`,
    )
  }
}

async function probe(folder: string): Promise<void> {
  const file = join(folder, `.vpn-kiosk-doctor-${randomUUID()}`)
  try {
    await writeFile(file, 'npm run doctor writes and removes this file.\n', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // A full disk leaves an empty file.
    await rm(file, { force: true }).catch(() => undefined)
    throw error
  }
  await rm(file)
}
