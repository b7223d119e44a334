// What `npm start`, `npm test` and the others run. Plain JavaScript for Node 20 with npm and nothing installed yet:
// it brings the rest, then hands over to the Node that the project needs.

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) {
  process.stderr.write(`✗ Node ${process.versions.node} is too old: install Node 20 or later (https://nodejs.org)\n`)
  process.exit(1)
}

// `npm test | head`: whoever read us has enough.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const { runCommand } = await import('./setup/commands.mjs')
process.exitCode = await runCommand(process.argv[2] ?? 'setup', process.argv.slice(3))
