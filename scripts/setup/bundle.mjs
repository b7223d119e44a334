import { inProject } from './paths.mjs'
import { lastLines, runQuietly } from './run.mjs'
import { note } from './terminal.mjs'

/** Makes the bundles that `ecosystem.config.cjs` runs, unless they are up to date. Without them it runs the sources. */
export async function ensureBundle(node) {
  const { status, output } = await runQuietly(node, [inProject('scripts', 'setup', 'bundle-processes.mjs')])
  if (status !== 0) note(`The processes run from their sources, which takes more memory: ${lastLines(output, 5)}`)
}
