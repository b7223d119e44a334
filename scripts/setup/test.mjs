import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { inProject, project } from './paths.mjs'
import { ensureRedis } from './redis.mjs'
import { runInteractive } from './run.mjs'
import { bad, note } from './terminal.mjs'

const report = inProject('.data', 'test-results.json')

/** Runs the suite, or the tests that the parameters name. The last line is `N passed, N failed, N skipped`. */
export async function test(node, parameters) {
  const hasRedis = await ensureRedis()
  mkdirSync(inProject('.data'), { recursive: true })
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const vitest = inProject('node_modules', 'vitest', 'vitest.mjs')
  const status = await runInteractive(node, [vitest, 'run', ...reporters, ...parameters], { quietInput: true })
  if (!existsSync(report)) {
    bad('The tests did not run to their end: the lines above say why')
    process.stdout.write('0 passed, 1 failed, 0 skipped\n')
    return status || 1
  }
  const { passed, failed, skipped } = count(JSON.parse(readFileSync(report, 'utf8')), hasRedis)
  for (const { name, why } of skipped) note(`skipped: ${name} (${why})`)
  if (status !== 0 && failed === 0) bad('Every test passed, but the run broke: the lines above say why')
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`)
  return status
}

function count({ testResults }, hasRedis) {
  const skipped = []
  let passed = 0
  let failed = 0
  for (const file of testResults) {
    const states = file.assertionResults.map((result) => result.status)
    passed += states.filter((state) => state === 'passed').length
    const failures = states.filter((state) => state === 'failed').length
    // A file that failed outside its tests (an import, a hook) counts as one failure.
    failed += failures === 0 && file.status === 'failed' ? 1 : failures
    for (const result of file.assertionResults) {
      if (result.status === 'passed' || result.status === 'failed') continue
      const name = `${relative(project, file.name)} > ${result.fullName.trim()}`
      skipped.push({ name, why: reason(result, name, hasRedis) })
    }
  }
  return { passed, failed, skipped }
}

/** Why a test was skipped: its own `meta.skipReason`, else a reason derived from its name. */
function reason(result, name, hasRedis) {
  if (result.meta?.skipReason) return result.meta.skipReason
  if (!hasRedis && /redis/i.test(name)) return 'no redis-server on this machine'
  return result.status === 'todo' ? 'not written yet' : 'skipped by its file'
}
