import { spawnSync } from 'node:child_process'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Follows the recipe of CONTRIBUTING.md in a copy of the project: each `locales/en` is copied to `locales/xx`. */
test('new folders alone add a language: its locales are complete, and a customer buys in it', () => {
  const copy = mkdtempSync(join(tmpdir(), 'kiosk-language-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const name of [
    'packages',
    'bots',
    'scripts',
    'package.json',
    'tsconfig.json',
    'vitest.config.ts',
    '.env.example',
  ])
    cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

  const folders = globSync('{packages,bots}/*/{,src/}locales/en', { cwd: copy })
  expect(folders.length).toBeGreaterThan(5)
  for (const folder of folders) {
    const added = join(copy, dirname(folder), 'xx')
    cpSync(join(copy, folder), added, { recursive: true })
    for (const file of globSync('*.ftl', { cwd: added })) {
      const text = readFileSync(join(added, file), 'utf8')
      writeFileSync(join(added, file), text.replace(/^(menu-[a-z-]+|page-title) = /gm, '$1 = xx '))
    }
  }

  const run = (...parameters: string[]) =>
    spawnSync(process.execPath, parameters, { cwd: copy, encoding: 'utf8', timeout: 120_000 })
  expect(run('scripts/check-locales.ts')).toMatchObject({ status: 0, stdout: '' })
  const story = run('node_modules/vitest/vitest.mjs', 'run', 'packages/devnet/stories/each-language.test.ts')
  expect(story.stdout, story.stderr).toContain('3 passed')
})
