import { spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMachine, findTool, layCable, type Machine, run, until } from './machine.ts'
import { sshPort, startSshServer } from './ssh-server.ts'
import { createTunnel } from './tunnel.ts'

/** A peer that somebody else put on the server. */
export const foreignKey = Buffer.alloc(32, 7).toString('base64')
export const foreignAddress = '10.8.200.2'
const serverAddress = '10.8.0.1'
const webPort = 8080

/** Why no lab can be built on this machine; null when it can. */
export function whyNoLab(): string | null {
  if (process.getuid?.() !== 0) return 'needs root'
  const tools = ['ip', 'ss', 'wg', 'wg-quick', 'wireguard-go', 'sshd', 'ssh-keygen', 'bash', 'flock']
  const missing = tools.filter((tool) => findTool(tool) === null)
  if (missing.length > 0) return `missing: ${missing.join(', ')}`
  if (!existsSync('/dev/net/tun')) return 'no /dev/net/tun'
  const trial = `vpnk-try-${randomBytes(3).toString('hex')}`
  if (spawnSync('ip', ['netns', 'add', trial]).status !== 0) return 'no network namespaces'
  spawnSync('ip', ['netns', 'delete', trial])
  return null
}

/**
 * A WireGuard server and a customer's machine, each in a network namespace of its own, joined by a cable; a second cable
 * joins the server to this machine, for SSH. Inside the tunnel the server answers HTTP.
 */
export async function buildLab() {
  const id = randomBytes(3).toString('hex')
  const dir = mkdtempSync(join(tmpdir(), 'vpn-kiosk-wg-'))
  const machines: Machine[] = []
  const demolish = async (): Promise<void> => {
    await Promise.all(machines.map((machine) => machine.remove()))
    rmSync(dir, { recursive: true, force: true })
  }
  const addMachine = (name: string): Machine => {
    const machine = createMachine(`vpnk-${name}-${id}`)
    machines.push(machine)
    return machine
  }
  try {
    return { ...(await furnish(id, dir, addMachine('server'), addMachine('client'))), demolish }
  } catch (error) {
    await demolish()
    throw error
  }
}

async function furnish(id: string, dir: string, server: Machine, client: Machine) {
  const net = randomInt(1, 250)
  const [host, endpoint] = [`198.18.${net}.2`, `198.19.${net}.2`]
  const cable = (letter: string, machine: Machine | null, address: string) => ({
    name: `vpnk${id}${letter}`,
    machine,
    address: `${address}/30`,
  })
  layCable(cable('h', null, `198.18.${net}.1`), cable('s', server, host))
  layCable(cable('c', client, `198.19.${net}.1`), cable('t', server, endpoint))

  const interfaceName = `vs${id}`
  const configPath = join(dir, `${interfaceName}.conf`)
  writeFileSync(configPath, serverConf(run('wg', 'genkey').trim()), { mode: 0o600 })
  const serverTunnel = createTunnel(server, interfaceName, configPath)
  await serverTunnel.up()
  const ssh = await startSshServer(server, host, dir)
  await startWebServer(server)
  const readFile = () => readFileSync(configPath, 'utf8')
  return {
    host,
    sshPort,
    endpoint,
    interface: interfaceName,
    configPath,
    ssh,
    tunnel: serverTunnel,
    customer: createCustomer(client, `vc${id}`, join(dir, `vc${id}.conf`)),
    readFile,
    /** The file up to the first peer of ours. */
    foreignText: () => readFile().split(/\n\[Peer\]\n# vk-/)[0] ?? '',
    publicKey: () => run('wg', 'show', interfaceName, 'public-key').trim(),
    /** Key and allowed addresses of each peer that is let in, tab between, sorted. */
    livePeers: () => run('wg', 'show', interfaceName, 'allowed-ips').trim().split('\n').filter(Boolean).sort(),
  }
}

const serverConf = (privateKey: string): string => `[Interface]
PrivateKey = ${privateKey}
Address = ${serverAddress}/16
ListenPort = 51820

# The office
[Peer]
# do not touch
PublicKey = ${foreignKey}
AllowedIPs = ${foreignAddress}/32
`

/** Answers a POST with the number of bytes that came, a space and 200,000 bytes. */
async function startWebServer(server: Machine): Promise<void> {
  const answer = `let n=0;q.on('data',d=>n+=d.length);q.on('end',()=>s.end(n+' '+'x'.repeat(200000)))`
  const script = `require('node:http').createServer((q,s)=>{${answer}}).listen(${webPort},'${serverAddress}')`
  server.start(process.execPath, '-e', script)
  await until('the web server listens', () => server.listens(webPort))
}

/** A customer, who imports a file, switches it on and uses the network through it. */
function createCustomer(machine: Machine, name: string, path: string) {
  const tunnel = createTunnel(machine, name, path)
  return {
    async connect(conf: string): Promise<void> {
      writeFileSync(path, conf, { mode: 0o600 })
      await tunnel.up()
      machine.run('ip', 'route', 'add', 'default', 'dev', name)
    },
    disconnect: () => tunnel.down(),
    /** Sends so many bytes through the tunnel; what came back, or null when nothing did in `withinMs`. */
    fetch(uploadBytes: number, withinMs = 5_000): Promise<string | null> {
      const options = `{method:'POST',body:'y'.repeat(${uploadBytes}),signal:AbortSignal.timeout(${withinMs})}`
      const call = `fetch('http://${serverAddress}:${webPort}',${options}).then(r=>r.text())`
      const child = machine.start(
        process.execPath,
        '-e',
        `${call}.then(t=>process.stdout.write(t),()=>process.exit(7))`,
      )
      let text = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
      })
      return new Promise((resolve) => child.once('close', (code) => resolve(code === 0 ? text : null)))
    },
  }
}

export type WireguardLab = Awaited<ReturnType<typeof buildLab>>
