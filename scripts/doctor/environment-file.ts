import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { projectDirectory } from '@vpn-kiosk/app'
import { explainLines } from '../setup/explain-lines.mjs'
import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const name = '.env'

/** Checks whether other accounts can read the shop's secrets, and whether every line is understood. */
export const environmentFileCheck: Check = {
  name,
  examine: () => examineEnvironmentFile(join(projectDirectory, '.env')),
}

export async function examineEnvironmentFile(file: string): Promise<Finding[]> {
  const status = await stat(file).catch(() => null)
  if (!status) return [notSet(name, 'there is none: the environment says everything')]
  const misunderstood = await explain(file)
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8)
    const message = `others on this machine may read or change it (mode ${mode})`
    return [wrong(name, message, `chmod 600 ${file}`), ...misunderstood]
  }
  return [fine(name, 'only its owner may read it'), ...misunderstood]
}

async function explain(file: string): Promise<Finding[]> {
  const [text, example] = await Promise.all([
    readFile(file, 'utf8'),
    readFile(join(projectDirectory, '.env.example'), 'utf8').catch(() => ''),
  ])
  const known = Array.from(example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm), ([, one = '']) => one)
  return explainLines(text.replace(/^\uFEFF/, ''), known).map(({ message, advice }) => wrong(name, message, advice))
}
