import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { inProject } from './paths.mjs'
import { lastLines, runQuietly } from './run.mjs'
import { done, SetupError, seconds, startProgress } from './terminal.mjs'

const stampFile = inProject('node_modules', '.vpn-kiosk-setup')

/** Whether the dependencies were installed since the lockfile last changed. */
export const areDependenciesInstalled = () =>
  existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === fingerprint()

/** Installs the dependencies of the lockfile, unless they are installed already. */
export async function ensureDependencies() {
  if (areDependenciesInstalled()) return
  const startedMs = performance.now()
  const progress = startProgress('Installing dependencies (a minute or two the first time)')
  const { status, output } = await runQuietly('npx', installCommand(), { env: { CI: 'true' }, onLine: progress.update })
  progress.end()
  if (status !== 0) throw new SetupError(explain(output))
  writeFileSync(stampFile, `${fingerprint()}\n`)
  done(`Dependencies installed (${seconds(startedMs)})`)
}

function installCommand() {
  const { packageManager } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'))
  return [
    '-y',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
    '--config.confirmModulesPurge=false',
  ]
}

/** A hash of the platform, the lockfile and all manifests: another hash means that dependencies must be installed. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests()]) {
    hash.update(`\n${file}\n`).update(readFileSync(inProject(file)))
  }
  return hash.digest('hex')
}

function manifests() {
  const rooms = ['packages', 'bots'].flatMap((folder) =>
    existsSync(inProject(folder)) ? readdirSync(inProject(folder)).map((room) => `${folder}/${room}`) : [],
  )
  return ['.', 'scripts', ...rooms.sort()]
    .map((room) => `${room}/package.json`)
    .filter((file) => existsSync(inProject(file)))
}

function explain(output) {
  const causes = [
    [/ENOSPC/, 'The disk is full: free some space and try again.'],
    [/EACCES|EPERM/, 'A file may not be written: start as the user who owns this folder (or chown -R it).'],
    [
      /OUTDATED_LOCKFILE/,
      'pnpm-lock.yaml does not match a package.json: run npx pnpm install and commit the lockfile.',
    ],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ERR_SOCKET|META_FETCH_FAIL/,
      'The package registry cannot be reached: check the network (npm ping) and try again.',
    ],
  ]
  const cause = causes.find(([pattern]) => pattern.test(output))
  return `Dependencies were not installed. ${cause?.[1] ?? 'Try again; if it stays so, the lines above say why.'}\n\n${lastLines(output, 15)}`
}
