// The entry of `npm start`, `npm test` and the other commands. It is plain JavaScript because it runs on Node 20 before
// anything is installed: it installs the dependencies, then runs the command with the Node that the project needs.

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) {
  process.stderr.write(`✗ Node ${process.versions.node} is too old: install Node 20 or later (https://nodejs.org)\n`)
  process.exit(1)
}

// A reader that closes the pipe (`npm test | head`) is no failure.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const { runCommand } = await import('./setup/commands.mjs')
process.exitCode = await runCommand(process.argv[2] ?? 'setup', process.argv.slice(3))
