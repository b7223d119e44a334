import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Why no lab can be built on this machine; null when it can. */
export function whyNoLab(): string | null {
  if (process.getuid?.() !== 0) return 'needs root'
  const tools = ['ip', 'wg', 'wg-quick', 'wireguard-go', 'sshd', 'ssh-keygen', 'bash', 'flock']
  const missing = tools.filter((tool) => findTool(tool) === null)
  if (missing.length > 0) return `missing: ${missing.join(', ')}`
  if (!existsSync('/dev/net/tun')) return 'no /dev/net/tun'
  const trial = `vpnk-try-${randomBytes(3).toString('hex')}`
  if (spawnSync('ip', ['netns', 'add', trial]).status !== 0) return 'no network namespaces'
  spawnSync('ip', ['netns', 'delete', trial])
  return null
}

const places = [...(process.env.PATH ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/sbin']
const findTool = (name: string): string | null =>
  places.map((place) => join(place, name)).find((path) => existsSync(path)) ?? null

const run = (command: string, ...args: string[]): string =>
  execFileSync(findTool(command) ?? command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Waits for what is about to be true. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const end = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`gave up waiting until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

/**
 * A WireGuard server and a customer's machine, each in a network namespace of its own, joined by a cable; a second cable
 * joins the server to this machine, for SSH. Inside the tunnel the server answers HTTP on port 8080.
 */
export async function buildLab() {
  const id = randomBytes(3).toString('hex')
  const server = { space: `vpnk-s-${id}`, interface: `vs${id}`, address: '10.8.0.1' }
  const client = { space: `vpnk-c-${id}`, interface: `vc${id}` }
  const net = randomInt(1, 250)
  const host = `198.18.${net}.2`
  const endpoint = `198.19.${net}.2`
  const dir = mkdtempSync(join(tmpdir(), 'vpn-kiosk-wg-'))
  const children: ChildProcess[] = []
  const serverConf = join(dir, `${server.interface}.conf`)

  const inSpace = (space: string, command: string, ...args: string[]): string =>
    run('ip', 'netns', 'exec', space, findTool(command) ?? command, ...args)
  const start = (space: string, command: string, ...args: string[]): ChildProcess => {
    const child = spawn('ip', ['netns', 'exec', space, findTool(command) ?? command, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    children.push(child)
    return child
  }
  const stop = async (child: ChildProcess | undefined): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const force = setTimeout(() => child.kill('SIGKILL'), 2_000)
    await gone
    clearTimeout(force)
  }
  const isRunning = (name: string): boolean =>
    spawnSync(findTool('wg') ?? 'wg', ['show', name, 'public-key'], { stdio: 'ignore' }).status === 0

  /** Brings an interface up from a wg-quick file, the way wg-quick does but without touching this machine's DNS. */
  const bringUp = async (space: string, name: string, conf: string): Promise<ChildProcess> => {
    const daemon = start(space, 'wireguard-go', '-f', name)
    await until(`${name} runs`, () => isRunning(name))
    const stripped = join(dir, `${name}.stripped`)
    writeFileSync(stripped, run('wg-quick', 'strip', conf), { mode: 0o600 })
    inSpace(space, 'wg', 'setconf', name, stripped)
    const text = readFileSync(conf, 'utf8')
    inSpace(space, 'ip', 'address', 'add', /^Address = (\S+)$/m.exec(text)?.[1] ?? '', 'dev', name)
    inSpace(space, 'ip', 'link', 'set', 'mtu', /^MTU = (\d+)$/m.exec(text)?.[1] ?? '1280', 'up', 'dev', name)
    return daemon
  }

  const cable = (a: string, aSpace: string | null, aAddress: string, b: string, bSpace: string, bAddress: string) => {
    run('ip', 'link', 'add', a, 'type', 'veth', 'peer', 'name', b)
    for (const [end, space, address] of [
      [a, aSpace, aAddress],
      [b, bSpace, bAddress],
    ] as const) {
      if (space !== null) run('ip', 'link', 'set', end, 'netns', space)
      const prefix = space === null ? [] : ['netns', 'exec', space, 'ip']
      run('ip', ...prefix, 'address', 'add', address, 'dev', end)
      run('ip', ...prefix, 'link', 'set', end, 'up')
    }
  }

  const startServer = async (): Promise<void> => {
    daemons.server = await bringUp(server.space, server.interface, serverConf)
  }
  const startSshd = async (): Promise<void> => {
    daemons.sshd = start(server.space, 'sshd', '-D', '-e', '-f', join(dir, 'sshd_config'))
    daemons.sshd.stderr?.on('data', (chunk: Buffer) => sshLog.push(chunk.toString('utf8')))
    await until('sshd listens', () => inSpace(server.space, 'ss', '-ltn').includes(':2222'))
  }

  const daemons: { server?: ChildProcess; sshd?: ChildProcess; client?: ChildProcess; web?: ChildProcess } = {}
  const sshLog: string[] = []

  const demolish = async (): Promise<void> => {
    await Promise.all(children.map(stop))
    for (const space of [client.space, server.space]) spawnSync('ip', ['netns', 'delete', space])
    rmSync(dir, { recursive: true, force: true })
  }

  const construct = async (): Promise<void> => {
    for (const { space } of [server, client]) {
      run('ip', 'netns', 'add', space)
      inSpace(space, 'ip', 'link', 'set', 'lo', 'up')
    }
    cable(`vpnk${id}h`, null, `198.18.${net}.1/30`, `vpnk${id}s`, server.space, `${host}/30`)
    cable(`vpnk${id}c`, client.space, `198.19.${net}.1/30`, `vpnk${id}t`, server.space, `${endpoint}/30`)
    const serverKey = run('wg', 'genkey').trim()
    const foreign = `# The office\n[Peer]\n# do not touch\nPublicKey = ${foreignKey}\nAllowedIPs = ${foreignAddress}/32\n`
    const head = `[Interface]\nPrivateKey = ${serverKey}\nAddress = ${server.address}/16\nListenPort = 51820\n`
    writeFileSync(serverConf, `${head}\n${foreign}`, { mode: 0o600 })
    await startServer()

    for (const name of ['host_key', 'other_key', 'login_key', 'stranger_key'])
      run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(dir, name))
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const settings = {
      Port: '2222',
      ListenAddress: host,
      HostKey: join(dir, 'host_key'),
      AuthorizedKeysFile: join(dir, 'login_key.pub'),
      PidFile: 'none',
      UsePAM: 'no',
      StrictModes: 'no',
      PermitRootLogin: 'prohibit-password',
      PasswordAuthentication: 'no',
      LogLevel: 'VERBOSE',
    }
    writeFileSync(
      join(dir, 'sshd_config'),
      Object.entries(settings)
        .map((entry) => `${entry.join(' ')}\n`)
        .join(''),
    )
    await startSshd()
    const page = `require('node:http').createServer((q,s)=>{let n=0;q.on('data',d=>n+=d.length);q.on('end',()=>s.end(n+' '+'x'.repeat(200000)))}).listen(8080,'${server.address}')`
    daemons.web = start(server.space, process.execPath, '-e', page)
    await until('the web server listens', () => inSpace(server.space, 'ss', '-ltn').includes(':8080'))
  }

  try {
    await construct()
  } catch (error) {
    await demolish()
    throw error
  }

  return {
    host,
    sshPort: 2222,
    endpoint,
    interface: server.interface,
    configPath: serverConf,
    loginKey: readFileSync(join(dir, 'login_key'), 'utf8'),
    strangerKey: readFileSync(join(dir, 'stranger_key'), 'utf8'),
    /** The fingerprint as ssh-keygen prints it. */
    fingerprint: (name: 'host_key' | 'other_key'): string =>
      run('ssh-keygen', '-lf', join(dir, `${name}.pub`)).split(' ')[1] ?? '',
    sshLog: () => sshLog.join(''),
    readFile: () => readFileSync(serverConf, 'utf8'),
    /** The file up to the first peer of ours. */
    foreignText: () => readFileSync(serverConf, 'utf8').split(/\n\[Peer\]\n# vk-/)[0] ?? '',
    writeFile: (text: string) => writeFileSync(serverConf, text, { mode: 0o600 }),
    wg: (...args: string[]) => run('wg', ...args),
    livePeers: (): string[] =>
      run('wg', 'show', server.interface, 'allowed-ips').trim().split('\n').filter(Boolean).sort(),
    async restartServer() {
      await stop(daemons.server)
      await until('the interface is gone', () => !isRunning(server.interface))
      await startServer()
    },
    async stopServer() {
      await stop(daemons.server)
      await until('the interface is gone', () => !isRunning(server.interface))
    },
    startServer,
    async restartSshd() {
      await stop(daemons.sshd)
      await startSshd()
    },
    stopSshd: () => stop(daemons.sshd),
    startSshd,
    /** The customer imports a configuration and switches it on. */
    async connect(conf: string) {
      const path = join(dir, `${client.interface}.conf`)
      writeFileSync(path, conf, { mode: 0o600 })
      daemons.client = await bringUp(client.space, client.interface, path)
      inSpace(client.space, 'ip', 'route', 'add', 'default', 'dev', client.interface)
    },
    async disconnect() {
      await stop(daemons.client)
      await until('the tunnel is gone', () => !isRunning(client.interface))
    },
    /** Sends `uploadBytes` through the tunnel; what came back, or null when nothing did in `withinMs`. */
    async fetchThroughTunnel(uploadBytes: number, withinMs = 5_000): Promise<string | null> {
      const call = `fetch('http://${server.address}:8080',{method:'POST',body:'y'.repeat(${uploadBytes}),signal:AbortSignal.timeout(${withinMs})}).then(r=>r.text()).then(t=>process.stdout.write(t),()=>process.exit(7))`
      const child = spawn('ip', ['netns', 'exec', client.space, process.execPath, '-e', call], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      let text = ''
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
      })
      return new Promise((resolve) => child.once('close', (code) => resolve(code === 0 ? text : null)))
    },
    demolish,
  }
}

/** A peer that somebody else put on the server. */
export const foreignKey = Buffer.alloc(32, 7).toString('base64')
export const foreignAddress = '10.8.200.2'

export type WireguardLab = Awaited<ReturnType<typeof buildLab>>
