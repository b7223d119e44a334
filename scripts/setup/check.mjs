import { inProject } from './paths.mjs'
import { runQuietly } from './run.mjs'
import { bad, done, seconds, startProgress } from './terminal.mjs'

const checks = (node) => [
  ['Types', 'tsc', ['--noEmit', '-p', inProject('tsconfig.json')]],
  ['Types of the pages', 'tsc', ['--noEmit', '-p', inProject('tsconfig.page.json')]],
  ['Lint and format', 'biome', ['ci', '--colors=off', '--max-diagnostics=50']],
  ['Dead code', 'knip', ['--no-progress', '--no-config-hints']],
  ['Rooms', node, ['scripts/check-rooms.ts']],
  ['Locales', node, ['scripts/check-locales.ts']],
]

/** Runs every check, one line each; what failed is shown whole. Returns the exit status. */
export async function check(node) {
  let failed = 0
  for (const [name, program, parameters] of checks(node)) {
    const startedMs = performance.now()
    const progress = startProgress(name)
    const { status, output } = await runQuietly(program, parameters)
    progress.end()
    if (status === 0) done(`${name} (${seconds(startedMs)})`)
    else {
      failed += 1
      process.stdout.write(`${output}\n`)
      bad(`${name}: see above`)
    }
  }
  return failed === 0 ? 0 : 1
}
