import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDirectory } from '@vpn-kiosk/app'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const name = '.env'

/** Checks whether other accounts on this machine can read the shop's secrets. */
export const environmentFileCheck: Check = {
  name,
  examine: async () => [await examineEnvironmentFile(join(projectDirectory, '.env'))],
}

export async function examineEnvironmentFile(file: string): Promise<Finding> {
  const status = await stat(file).catch(() => null)
  if (!status) return notSet(name, 'there is none: the environment says everything')
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8)
    return wrong(name, `others on this machine may read or change it (mode ${mode})`, `chmod 600 ${file}`)
  }
  return fine(name, 'only its owner may read it')
}
