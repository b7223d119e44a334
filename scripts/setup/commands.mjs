import { existsSync } from 'node:fs'
import { check } from './check.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { hasBotTokens } from './environment.mjs'
import { findNode } from './node-runtime.mjs'
import { inProject } from './paths.mjs'
import { showLogs, showStatus, startShop, stopShop } from './pm2.mjs'
import { runInteractive } from './run.mjs'
import { bad, done, SetupError } from './terminal.mjs'
import { test } from './test.mjs'

const commands = {
  setup: async () => {
    await prepare()
    done('Ready. npm start shows the demo, or runs the shop when .env has bot tokens; npm test runs the tests')
    return 0
  },
  start: async (parameters) => {
    const node = await prepare()
    return hasBotTokens() ? startShop(node) : demo(node, parameters)
  },
  demo: async (parameters) => demo(await prepare(), parameters),
  stop: async () => stopShop(await prepare()),
  status: async () => showStatus(await prepare()),
  logs: async (parameters) => showLogs(await prepare(), parameters),
  test: async (parameters) => test(await prepare(), parameters),
  check: async () => check(await prepare()),
  migrate: async (parameters) => runScript(await prepare(), 'scripts/migrate.ts', parameters),
  run: async ([name, ...parameters]) => runOperatorScript(name, parameters),
  bench: async (parameters) => runScript(await prepare(), 'packages/devnet/bench/main.ts', parameters),
}

/** Runs one command and returns the exit status. */
export async function runCommand(name, parameters) {
  const command = Object.hasOwn(commands, name) ? commands[name] : null
  try {
    if (!command) throw new SetupError(`Unknown command "${name}": one of ${Object.keys(commands).join(', ')}.`)
    return await command(parameters.filter((parameter) => parameter !== '--'))
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    bad(error.message)
    return 1
  }
}

async function prepare() {
  await ensureDependencies()
  return findNode()
}

function demo(node, parameters) {
  return runScript(node, 'packages/devnet/src/main.ts', parameters)
}

const operatorScripts = ['create-admin', 'add-server', 'seed-plans', 'backup', 'restore', 'rotate-key', 'doctor']

/** `npm run doctor -- --json`: what `node scripts/doctor.ts --json` does, with the right Node. */
async function runOperatorScript(name, parameters) {
  if (!operatorScripts.includes(name))
    throw new SetupError(`Unknown script "${name}": one of ${operatorScripts.join(', ')}.`)
  return runScript(await prepare(), `scripts/${name}.ts`, parameters)
}

function runScript(node, script, parameters) {
  if (!existsSync(inProject(script)))
    throw new SetupError(`${script} is missing: the copy of the project is not whole.`)
  return runInteractive(node, [script, ...parameters])
}
