import { existsSync } from 'node:fs'
import { findApt, findProgram, installPackages } from './packages.mjs'
import { done, SetupError, startProgress } from './terminal.mjs'

/** The programs that tests against real counterparts need, each with its Debian package. */
const proofs = [
  ['redis-server', 'redis-server'],
  ['chromium', 'chromium'],
  ['wg', 'wireguard-tools'],
  ['wireguard-go', 'wireguard-go'],
  ['sshd', 'openssh-server'],
  ['ip', 'iproute2'],
]

/** Installs the missing programs. Throws a SetupError when one cannot be installed. */
export async function installProofs() {
  const missing = proofs.filter(([program]) => !isThere(program)).map(([, name]) => name)
  if (missing.length === 0) {
    done('Everything that the tests against real counterparts need is here')
    return 0
  }
  const apt = findApt()
  if (!apt) throw new SetupError(`apt-get cannot be used here: install ${missing.join(', ')} by hand.`)
  const progress = startProgress(`Installing ${missing.join(', ')} (apt-get)`)
  const isInstalled = await installPackages(apt, missing)
  progress.end()
  const left = proofs.filter(([program]) => !isThere(program)).map(([, name]) => name)
  if (!isInstalled || left.length > 0) throw new SetupError(`Not installed: ${left.join(', ') || missing.join(', ')}.`)
  done(`Installed for the tests: ${missing.join(', ')} (nothing of it is left running)`)
  return 0
}

const isThere = (program) =>
  findProgram(program) || existsSync(`/usr/sbin/${program}`) || existsSync(`/sbin/${program}`)
