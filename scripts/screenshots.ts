// Takes the pictures of the README anew: `node scripts/screenshots.ts`. Needs Chromium and fonts with emoji.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const script = resolve(import.meta.dirname, '../packages/devnet/stories/browser/take-pictures.ts')
const child = spawn(process.execPath, [script], { stdio: 'inherit' })
const [code] = await once(child, 'close')
process.exitCode = code ?? 1
