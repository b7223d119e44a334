import { existsSync } from 'node:fs'
import { ensureBundle } from './bundle.mjs'
import { check } from './check.mjs'
import { areDependenciesInstalled, ensureDependencies } from './dependencies.mjs'
import { hasBotTokens, hasShopDatabase, warnOfEnvironment } from './environment.mjs'
import { helpOf } from './help.mjs'
import { findNode } from './node-runtime.mjs'
import { inProject } from './paths.mjs'
import { showLogs, showStatus, startProcesses, startShop, stopShop } from './pm2.mjs'
import { installProofs } from './proofs.mjs'
import { runInteractive } from './run.mjs'
import { installService, removeService } from './service.mjs'
import { bad, done, SetupError, UsageError } from './terminal.mjs'
import { test } from './test.mjs'

const devnet = 'packages/devnet/src/main.ts'
const bench = 'packages/devnet/bench/main.ts'
const storm = 'packages/devnet/storm/main.ts'
const kills = 'packages/devnet/kills/main.ts'

const doubtful =
  'No bot token is set, and .env has lines that are not understood: mend them, then npm start (npm run demo opens the demo).'

const tokensLost =
  'No bot token is set, but DATA_DIRECTORY has the database of a shop: put the tokens back into .env, then npm start (npm run demo opens the demo).'

/**
 * The commands. `flags` are the flags that a command itself accepts; a command with a `script` passes everything on to
 * the script. `words`: whether words without a flag are accepted.
 */
const commands = {
  setup: {
    run: async () => {
      await prepare()
      done('Ready. npm start shows the demo, or runs the shop when .env has bot tokens; npm test runs the tests')
      return 0
    },
  },
  start: {
    flags: ['--boot'],
    passesOn: () => !hasBotTokens(),
    run: async (parameters) => {
      const node = await prepare()
      const isDoubtful = warnOfEnvironment()
      if (!hasBotTokens()) {
        if (isDoubtful) throw new SetupError(doubtful)
        if (hasShopDatabase()) throw new SetupError(tokensLost)
        return runScript(node, devnet, parameters)
      }
      return parameters.includes('--boot') ? startProcesses(node) : startShop(node)
    },
  },
  demo: { script: devnet, run: async (parameters) => runScript(await prepare(), devnet, parameters) },
  stop: { run: async () => stopShop(await prepare()) },
  status: { run: async () => showStatus(await prepare()) },
  logs: { words: true, run: async (parameters) => showLogs(await prepare(), parameters) },
  test: { passesOn: () => true, run: async (parameters) => test(await prepare(), parameters) },
  check: { run: async () => check(await prepare()) },
  bench: {
    script: bench,
    run: async (parameters) => {
      const node = await prepare()
      await ensureBundle(node)
      return runScript(node, bench, parameters)
    },
  },
  storm: { script: storm, run: async (parameters) => runScript(await prepare(), storm, parameters) },
  kills: { script: kills, run: async (parameters) => runScript(await prepare(), kills, parameters) },
  migrate: { script: 'scripts/migrate.ts', run: async (parameters) => runOperatorScript('migrate', parameters) },
  'setup:proofs': { run: () => installProofs() },
  'service:install': { flags: ['--print'], run: (parameters) => installService(parameters.includes('--print')) },
  'service:remove': { run: () => removeService() },
  run: {
    words: true,
    script: ([name]) => operatorScriptFile(name),
    run: async ([name, ...parameters]) => runOperatorScript(name, parameters),
  },
}

/** Runs one command and returns the exit status: 0 done, 1 failed, 2 wrong usage. */
export async function runCommand(name, typed) {
  const command = Object.hasOwn(commands, name) ? commands[name] : null
  const parameters = typed.filter((parameter) => parameter !== '--')
  try {
    if (!command) throw new UsageError(`Unknown command "${name}": one of ${Object.keys(commands).join(', ')}.`)
    if (parameters.some((one) => one === '--help' || one === '-h')) return await showHelp(name, command, parameters)
    if (!command.script && !command.passesOn?.()) assertUnderstood(name, command, parameters)
    return await command.run(parameters)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    bad(error.message)
    return error instanceof UsageError ? 2 : 1
  }
}

/** Prints help and does nothing else. A script prints its own help, but only when its dependencies are installed. */
async function showHelp(name, { script }, parameters) {
  const file = typeof script === 'function' ? script(parameters) : script
  if (file && areDependenciesInstalled()) return runScript(await findNode(), file, ['--help'])
  process.stdout.write(`${helpOf(name)}\n`)
  return 0
}

function assertUnderstood(name, { flags = [], words = false }, parameters) {
  const wrong = parameters.find((one) => (one.startsWith('-') ? !flags.includes(one) : !words))
  if (wrong === undefined) return
  throw new UsageError(`"${wrong}" is not understood: npm run ${name} -- --help says what is.`)
}

async function prepare() {
  await ensureDependencies()
  return findNode()
}

const operatorScripts = [
  'create-admin',
  'add-server',
  'server-list',
  'server-edit',
  'server-delete',
  'seed-plans',
  'backup',
  'restore',
  'rotate-key',
  'doctor',
  'migrate',
]

function operatorScriptFile(name) {
  if (name === undefined || name.startsWith('-')) return null
  if (existsSync(inProject('scripts', `${name}.ts`)) && isOperatorScript(name)) return `scripts/${name}.ts`
  throw new UsageError(`Unknown script "${name}": one of ${operatorScripts.join(', ')}.`)
}

const isOperatorScript = (name) => operatorScripts.includes(name)

/** Runs an operator's script with the right Node, e.g. for `npm run doctor -- --json`. */
async function runOperatorScript(name, parameters) {
  const file = operatorScriptFile(name)
  if (!file) throw new UsageError(`Missing: the name of a script, one of ${operatorScripts.join(', ')}.`)
  return runScript(await prepare(), file, parameters)
}

function runScript(node, script, parameters) {
  if (!existsSync(inProject(script)))
    throw new SetupError(`${script} is missing: the copy of the project is not whole.`)
  return runInteractive(node, [script, ...parameters])
}
