import { createHash } from 'node:crypto'
import { createConnection, createServer } from 'node:net'
import { SetupError } from './terminal.mjs'

/**
 * Does `work` while no other process of this machine does anything of the same name; `onWait` hears that one does. The
 * turn is a socket without a file, which the system closes with its process, also after kill -9. Only Linux has such;
 * elsewhere nobody waits.
 */
export async function oneAtATime(name, work, onWait) {
  if (process.platform !== 'linux') return work()
  const turn = await take(`\0vpn-kiosk-${createHash('sha256').update(name).digest('hex')}`, onWait)
  try {
    return await work()
  } finally {
    await turn.end()
  }
}

async function take(address, onWait) {
  for (let isTold = false; ; ) {
    const turn = await listen(address)
    if (turn) return turn
    const other = await connect(address)
    if (!other) continue
    if (!isTold) onWait()
    isTold = true
    await new Promise((resolve) => other.once('close', resolve).resume())
  }
}

/** Null while another has it. */
function listen(address) {
  const waiting = new Set()
  const server = createServer((visitor) => waiting.add(visitor.on('error', () => undefined)))
  const end = () =>
    new Promise((resolve) => {
      server.close(resolve)
      for (const visitor of waiting) visitor.destroy()
    })
  return new Promise((resolve, reject) => {
    server.once('listening', () => resolve({ end }))
    server.once('error', (cause) => {
      if (cause.code === 'EADDRINUSE') resolve(null)
      else reject(new SetupError(`The turn of this shop cannot be taken: ${cause.message}`, { cause }))
    })
    server.listen(address)
  })
}

/** Null when it has just ended. */
function connect(address) {
  const visitor = createConnection(address)
  return new Promise((resolve) => {
    visitor.once('connect', () => resolve(visitor))
    visitor.on('error', () => resolve(null))
  })
}
