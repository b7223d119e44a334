import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import type { TelegramSimulator } from '@vpn-kiosk/telegram-simulator'
import { openTunnel } from '@vpn-kiosk/vpn/prove-xui'

const run = promisify(execFile)

/** Customers' apps, and the internet that they want to reach. */
export interface Apps {
  /** The TLS server whose face Reality borrows. */
  readonly target: string
  /** What an app finds at the address that the bot gave this person; none when it gave none. */
  linksOf(person: number): Promise<string[]>
  /** Whether a page comes through each of them. */
  areOpen(links: readonly string[]): Promise<boolean>
  close(): Promise<void>
}

interface Wish {
  /** An Xray binary. */
  readonly core: string
  readonly directory: string
  readonly telegram: TelegramSimulator
  readonly bot: string
}

/** Each app has nothing but what its person read in the chat. */
export async function openApps({ core, directory, telegram, bot }: Wish): Promise<Apps> {
  const page = createServer((_request, response) => response.end('a page'))
  const face = createTlsServer(await makeCertificate(directory), (socket) => socket.end())
  face.on('tlsClientError', () => undefined)
  const [pagePort, facePort] = await Promise.all([page, face].map(listen))
  return {
    target: `127.0.0.1:${facePort}`,
    async linksOf(person) {
      const address = findKey(telegram, person, bot)
      return address === null ? [] : await readLinks(address)
    },
    async areOpen(links) {
      const open = links.map((link) => comesThrough(core, link, `http://127.0.0.1:${pagePort}/`))
      return links.length > 0 && (await Promise.all(open)).every((isOpen) => isOpen)
    },
    close: async () => {
      page.close()
      face.close()
    },
  }
}

async function comesThrough(core: string, link: string, page: string): Promise<boolean> {
  // Everything but the name of the host is the customer's: that name is nobody's here.
  const here = link.replace(/@[^:/?]+:/, '@127.0.0.1:')
  const tunnel = await openTunnel(core, here)
  try {
    return (await tunnel.fetch(page)) === 'a page'
  } catch {
    return false
  } finally {
    await tunnel.close()
  }
}

/** The newest address on a copy button: the one that the person would paste into an app. */
function findKey({ people }: TelegramSimulator, person: number, chat: string): string | null {
  const values = people
    .transcript({ person, chat, limit: 1_000 })
    .flatMap(({ buttons }) => (buttons ?? []).flat().map(({ value }) => value))
  return values.findLast((value) => value !== null && /^http.*\/s\/[^/]+$/.test(value)) ?? null
}

/** As an app reads a subscription; none when it is closed. */
async function readLinks(address: string): Promise<string[]> {
  const response = await fetch(address, { headers: { 'User-Agent': 'v2rayNG/2.3.5' } })
  if (!response.ok) return []
  return Buffer.from(await response.text(), 'base64')
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('vless://'))
}

async function makeCertificate(directory: string): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
  const [key, cert] = [join(directory, 'target.key'), join(directory, 'target.crt')]
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key]
  await run('openssl', ['req', '-x509', ...newKey, '-out', cert, '-days', '2', '-subj', '/CN=target.test'])
  return { key: await readFile(key), cert: await readFile(cert) }
}

const listen = (server: ReturnType<typeof createServer> | ReturnType<typeof createTlsServer>): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) done(address.port)
    })
  })
