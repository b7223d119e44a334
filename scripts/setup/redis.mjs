import { existsSync, writeFileSync } from 'node:fs'
import { findApt, findProgram, installPackages } from './packages.mjs'
import { inProject } from './paths.mjs'
import { done, note, startProgress } from './terminal.mjs'

const triedFile = inProject('node_modules', '.vpn-kiosk-redis-tried')

/** Tries once to install redis-server for the tests, and warns when that fails. Returns whether it is installed. */
export async function ensureRedis() {
  if (findProgram('redis-server')) return true
  const apt = findApt()
  if (apt && !existsSync(triedFile)) {
    const progress = startProgress('Installing redis-server for the tests (apt-get)')
    const isInstalled = await installPackages(apt, ['redis-server'])
    progress.end()
    if (isInstalled && findProgram('redis-server')) {
      done('redis-server installed (for the tests; it is not left running)')
      return true
    }
    writeFileSync(triedFile, '')
  }
  note(
    'No redis-server on this machine: tests that need it are skipped by name (npm run setup:proofs brings them back)',
  )
  return false
}
