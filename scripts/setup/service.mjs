import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { inProject, project } from './paths.mjs'
import { runQuietly } from './run.mjs'
import { done, note, SetupError } from './terminal.mjs'

const name = 'vpn-kiosk.service'
const systemFile = join('/etc/systemd/system', name)
const userFile = join(homedir(), '.config', 'systemd', 'user', name)

/** Whether systemd runs this machine. */
export const hasSystemd = () => existsSync('/run/systemd/system')

/** Whether a systemd unit that starts this copy of the project is installed. */
export const isServiceInstalled = () => [systemFile, userFile].some(isOurs)

const isOurs = (file) => existsSync(file) && readFileSync(file, 'utf8').includes(`\nWorkingDirectory=${project}\n`)

/**
 * The text of the systemd unit. PM2's daemon is the unit's main process. After `npm run stop` the unit stays stopped;
 * when the daemon dies, systemd ends the processes that are left and starts the daemon again. Each process of the shop
 * waits for the database itself.
 */
function describeUnit({ user, node = process.execPath }) {
  const setup = inProject('scripts', 'setup.mjs')
  return `[Unit]
Description=VPN Kiosk
Documentation=file://${inProject('README.md')}
Wants=network-online.target
After=network-online.target postgresql.service redis-server.service
StartLimitIntervalSec=0

[Service]
Type=forking
${user ? `User=${user}\n` : ''}WorkingDirectory=${project}
Environment=PATH=${dirname(node)}:/usr/local/bin:/usr/bin:/bin
PIDFile=${inProject('.data', 'pm2', 'pm2.pid')}
ExecStart=${node} ${setup} start --boot
ExecStop=${node} ${setup} stop
Restart=on-failure
RestartSec=5
TimeoutStartSec=600
TimeoutStopSec=40
LimitNOFILE=65536

[Install]
WantedBy=${user ? 'multi-user.target' : 'default.target'}
`
}

/** Writes the unit and enables it, so that systemd starts it with the machine; or only prints it. */
export async function installService(isOnlyPrinted) {
  const target = chooseTarget()
  const unit = describeUnit({ user: target.isOfMachine ? owner() : null })
  if (isOnlyPrinted) {
    process.stdout.write(unit)
    return 0
  }
  if (!hasSystemd()) {
    throw new SetupError(
      'systemd does not run here: have whatever starts this machine run "npm start -- --boot" in this folder.',
    )
  }
  if (existsSync(target.file) && !isOurs(target.file)) {
    throw new SetupError(`${target.file} starts another copy of the shop: npm run service:remove there first.`)
  }
  mkdirSync(dirname(target.file), { recursive: true })
  writeFileSync(target.file, unit, { mode: 0o644 })
  await call(target, 'daemon-reload')
  await call(target, 'enable', name)
  if (!target.isOfMachine) await linger()
  done(`The shop starts with the machine from now on (${target.file}). npm start, stop and status work as before`)
  if (!existsSync(inProject('.data', 'pm2', 'rpc.sock')))
    note(`Start it now: ${target.words.join(' ')} start vpn-kiosk`)
  return 0
}

/** Runs a `systemctl` command on the installed unit. */
export async function callService(verb) {
  const words = isOurs(systemFile)
    ? [...(process.getuid?.() === 0 ? [] : ['sudo', '-n']), 'systemctl']
    : userTarget.words
  const [program, ...first] = words
  return runQuietly(program, [...first, verb, name])
}

/** Removes the unit; running processes continue. */
export async function removeService() {
  const file = [systemFile, userFile].find(isOurs)
  if (!file) {
    note('No unit starts this copy of the shop')
    return 0
  }
  const target = file === systemFile ? machineTarget() : userTarget
  await call(target, 'disable', name)
  rmSync(file)
  await call(target, 'daemon-reload')
  done(`The shop does not start with the machine any more (${file} is gone). npm run stop ends it`)
  return 0
}

const userTarget = { isOfMachine: false, file: userFile, words: ['systemctl', '--user'] }

function machineTarget() {
  if (process.getuid?.() !== 0) throw new SetupError(`${systemFile} belongs to root: sudo npm run service:remove`)
  return { isOfMachine: true, file: systemFile, words: ['systemctl'] }
}

/** Root installs the unit for the machine, any other account for itself. */
const chooseTarget = () => (process.getuid?.() === 0 ? machineTarget() : userTarget)

/** The account that owns the folder. The processes run under it, whichever account installs the unit. */
function owner() {
  const { uid } = statSync(project)
  if (uid === process.getuid?.()) return userInfo().username
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.split(':')[2] === String(uid))
  return line?.split(':')[0] ?? String(uid)
}

async function call({ words: [program, ...first] }, ...parameters) {
  const { status, output } = await runQuietly(program, [...first, ...parameters])
  if (status !== 0) throw new SetupError(`${[program, ...first, ...parameters].join(' ')} failed: ${output}`)
}

/** Enables lingering: otherwise an account's units run only while somebody is logged in. */
async function linger() {
  const { status } = await runQuietly('loginctl', ['enable-linger'])
  if (status !== 0) note('loginctl enable-linger was refused: until root permits it, the shop starts when you log in')
}
