import { createEnding } from './demo/ending.ts'
import { demoHelp, readOptions } from './demo/options.ts'
import { runDemo } from './demo/run-demo.ts'

const report = (error: unknown) =>
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}${advise(error)}`)

try {
  const options = readOptions(process.argv.slice(2))
  if (options === null) console.log(demoHelp)
  else await run(options)
} catch (error) {
  report(error)
  process.exitCode = 2
}

async function run(options: NonNullable<ReturnType<typeof readOptions>>): Promise<void> {
  const ending = createEnding(report)
  const end = async (exitCode: number) => process.exit((await ending.run()) ? exitCode : 1)
  // `on`, not `once`: npm passes on the Ctrl-C that the terminal has sent to us as well.
  process.on('SIGINT', () => void end(0))
  process.on('SIGTERM', () => void end(0))
  await runDemo(options, ending).catch((error) => {
    report(error)
    return end(1)
  })
}

function advise(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return '\n  Start as the user who owns this folder, or give it to yours: chown -R "$USER" .'
  return code === 'ENOSPC' ? '\n  The disk is full: free some space and try again.' : ''
}
