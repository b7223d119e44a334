import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError } from '../command-line/describe-error.ts'
import { type Check, type Finding, fine, wrong } from './finding.ts'
import { nearestFolder } from './nearest-folder.ts'

const name = 'folders'

/** Writes a file into the folders of the data and of the backups, and removes it again. */
export const foldersCheck: Check = {
  name,
  examine: async ({ config: { directories } }) => {
    const data = await examineFolder('DATA_DIRECTORY', directories.data)
    // Where BACKUP_DIRECTORY is not set, backups lie in the folder of the data: one cause is said once.
    const isWithin = directories.backups === join(directories.data, 'backups')
    const backups = data && isWithin ? null : await examineFolder('BACKUP_DIRECTORY', directories.backups)
    const findings = [data, backups].filter((one) => one !== null)
    return findings.length > 0 ? findings : [fine(name, 'DATA_DIRECTORY and BACKUP_DIRECTORY can be written')]
  },
}

async function examineFolder(variable: string, folder: string): Promise<Finding | null> {
  try {
    await probe(nearestFolder(folder))
    return null
  } catch (error) {
    const advice = `let this account write there, or set ${variable} to a folder where it may`
    return wrong(name, `${variable}: ${folder} cannot be written (${describeError(error)})`, advice)
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
