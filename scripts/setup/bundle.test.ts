import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectDirectory } from '@vpn-kiosk/app'
import { expect, onTestFinished, test } from 'vitest'

const bundles = join(projectDirectory, '.data', 'bundle')

/** Makes what is missing; returns the folder of the newest bundles. */
async function bundle(): Promise<string> {
  const { status, stderr } = run(join(projectDirectory, 'scripts/setup/bundle-processes.mjs'))
  expect([status, stderr]).toEqual([0, ''])
  return (JSON.parse(await readFile(join(bundles, 'current.json'), 'utf8')) as { folder: string }).folder
}

const run = (script: string, environment: Record<string, string> = {}) =>
  spawnSync(process.execPath, ['--disable-warning=DEP0040', script], {
    env: { PATH: process.env.PATH ?? '', ...environment },
    encoding: 'utf8',
    timeout: 20_000,
  })

test('every process loads from its bundle and reads its settings', async () => {
  const folder = join(bundles, await bundle())
  const directory = await mkdtemp(join(tmpdir(), 'vpn-kiosk-bundle-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  for (const name of ['client', 'support', 'admin', 'web', 'jobs', 'database']) {
    const { status, stdout, stderr } = run(join(folder, `${name}.js`), { SECRET_KEY: 'x', DATA_DIRECTORY: directory })
    expect([name, status, stdout + stderr]).toEqual([name, 2, expect.stringContaining('SECRET_KEY')])
  }
})

test('a bundle is made anew when a source has changed, and the one that runs stays', async () => {
  const first = await bundle()
  expect(await bundle()).toBe(first)
  const source = join(projectDirectory, 'packages/domain/src/money/money.ts')
  const { atime, mtime } = await stat(source)
  onTestFinished(() => utimes(source, atime, mtime))
  await utimes(source, atime, new Date(mtime.getTime() + 1000))
  const second = await bundle()
  expect(second).not.toBe(first)
  await expect(stat(join(bundles, first))).resolves.toBeDefined()
})
