const { stdout } = process

/** One line a step: what is being done, and then how long it took. */
export async function step<T>(text: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  if (stdout.isTTY) stdout.write(`… ${text}`)
  try {
    const result = await work()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    stdout.write(`${stdout.isTTY ? '\r\u001b[2K' : ''}✓ ${text} (${seconds} s)\n`)
    return result
  } catch (error) {
    stdout.write(`${stdout.isTTY ? '\r\u001b[2K' : ''}✗ ${text}\n`)
    throw error
  }
}

/** Lines in a frame. */
export function printBox(lines: readonly string[]): void {
  const width = Math.max(...lines.map((line) => line.length))
  const rule = '─'.repeat(width + 4)
  const rows = lines.map((line) => `│  ${line.padEnd(width)}  │`)
  stdout.write(`\n╭${rule}╮\n${rows.join('\n')}\n╰${rule}╯\n\n`)
}
