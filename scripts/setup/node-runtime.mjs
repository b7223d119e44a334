import { inProject } from './paths.mjs'
import { runQuietly } from './run.mjs'
import { SetupError } from './terminal.mjs'

const leastMajor = 24
const leastMinor = 12

/** A Node that runs TypeScript without a build: the running one when new enough, else the one of the dependencies. */
export async function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  const bundled = inProject('node_modules', '.bin', 'node')
  const { status, stdout } = await runQuietly(bundled, ['--version'])
  if (status === 0 && isNewEnough(stdout.trim().slice(1))) return bundled
  throw new SetupError(
    `Node ${leastMajor}.${leastMinor} or later is needed, and the one among the dependencies does not run on this machine: install it from https://nodejs.org and try again.`,
  )
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > leastMajor || (major === leastMajor && minor >= leastMinor)
}
