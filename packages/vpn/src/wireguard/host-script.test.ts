import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatRequest, type HostReply, type HostVerb, readReply } from './host-protocol.ts'
import { hostScript } from './host-script.ts'

const has = (tool: string): boolean => {
  try {
    execFileSync('bash', ['-c', `command -v ${tool}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const missing = ['bash', 'flock', 'awk'].filter((tool) => !has(tool))

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64')
const serverPrivateKey = key(99)
const one = { account: 'vk-one1', 'public-key': key(1), 'preshared-key': key(101), address: '10.8.0.5' }
const two = { account: 'vk-two2', 'public-key': key(2), 'preshared-key': key(102), address: '10.8.0.6' }

/** A `wg` that keeps its peers in a file and writes down how it was called. */
const standIn = `#!/bin/bash
echo "wg $*" >>"$LAB/calls"
live="$LAB/live"
case "$*" in
  *preshared-key*) read -r psk; sed -i "\\|^$4|d" "$live"; printf '%s\\t%s\\t%s\\n' "$4" "$psk" "$8" >>"$live" ;;
  *remove) sed -i "\\|^$4|d" "$live" ;;
  'show interfaces') echo wg0 ;;
  'show wg0 public-key') [[ ! -f $LAB/stopped ]] && echo ${key(98)} ;;
  'show wg0 listen-port') echo 51820 ;;
  'show wg0 peers') cut -f1 "$live" ;;
  'show wg0 allowed-ips') cut -f1,3 "$live" ;;
  'show wg0 dump')
    printf '%s\\t%s\\t51820\\toff\\n' ${serverPrivateKey} ${key(98)}
    awk -F '\\t' '{ print $1 "\\t" $2 "\\t(none)\\t" $3 "\\t1800000000\\t11\\t22\\toff" }' "$live" ;;
  --version) echo 'wireguard-tools v1.0 - https://example.org' ;;
  *) exit 1 ;;
esac
`

describe.skipIf(missing.length > 0)(
  `the script that runs on a WireGuard server${missing.length > 0 ? ` (skipped: missing ${missing.join(', ')})` : ''}`,
  () => {
    let lab: string
    let config: string

    beforeEach(() => {
      lab = mkdtempSync(join(tmpdir(), 'vpn-kiosk-script-'))
      config = join(lab, 'wg0.conf')
      mkdirSync(join(lab, 'bin'))
      for (const [name, text] of [
        ['wg', standIn],
        ['id', '#!/bin/bash\necho 0\n'],
        ['ip', "#!/bin/bash\necho '5: wg0    inet 10.8.0.1/16 scope global wg0'\n"],
      ] as const) {
        writeFileSync(join(lab, 'bin', name), text)
        chmodSync(join(lab, 'bin', name), 0o755)
      }
      writeFileSync(join(lab, 'live'), '')
      writeFile()
    })
    afterEach(() => rmSync(lab, { recursive: true, force: true }))

    const head = `[Interface]\nPrivateKey = ${serverPrivateKey}\nAddress = 10.8.0.1/16\n`
    const writeFile = (peers = '') => writeFileSync(config, `${head}${peers}`, { mode: 0o600 })
    const file = (): string => readFileSync(config, 'utf8')
    const live = (): string => readFileSync(join(lab, 'live'), 'utf8')
    const calls = (): string => (existsSync(join(lab, 'calls')) ? readFileSync(join(lab, 'calls'), 'utf8') : '')
    const send = (request: string): Promise<{ reply: HostReply | null; stdout: string; stderr: string }> => {
      const env = { ...process.env, LAB: lab, PATH: `${join(lab, 'bin')}:${process.env.PATH}` }
      const child = spawn('bash', ['-s'], { env })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk))
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk))
      child.stdin.end(`${hostScript}${request}`)
      return new Promise((resolve) => child.once('close', () => resolve({ reply: readReply(stdout), stdout, stderr })))
    }
    const ask = async (verb: HostVerb, fields: Record<string, string> = {}): Promise<HostReply | null> => {
      const { reply, stderr } = await send(formatRequest({ verb, fields: { interface: 'wg0', config, ...fields } }))
      expect(stderr).toBe('')
      return reply
    }
    const ok = { kind: 'ok', rows: [] }
    const block = (peer: typeof one): string =>
      `\n[Peer]\n# ${peer.account}\nPublicKey = ${peer['public-key']}\nPresharedKey = ${peer['preshared-key']}\nAllowedIPs = ${peer.address}/32\n`

    test('puts a peer in the file and on the interface, and twice is once', async () => {
      expect(await ask('ensure', one)).toEqual(ok)
      const [text, peers] = [file(), live()]
      expect(text).toBe(`${head}${block(one)}`)
      expect(peers).toBe(`${key(1)}\t${key(101)}\t10.8.0.5/32\n`)
      expect(await ask('ensure', one)).toEqual(ok)
      expect([file(), live()]).toEqual([text, peers])
      expect(statSync(config).mode & 0o777).toBe(0o600)
    })

    test('makes no secret an argument of a process, and never lets out the private key of the server', async () => {
      await ask('ensure', one)
      const answers = await Promise.all(
        (['peers', 'probe', 'facts'] as const).map((verb) =>
          send(formatRequest({ verb, fields: { interface: 'wg0', config } })),
        ),
      )
      expect(calls()).toContain(`wg set wg0 peer ${key(1)} preshared-key /dev/stdin allowed-ips 10.8.0.5/32`)
      expect(calls()).not.toContain(key(101))
      for (const { stdout } of answers) {
        expect(stdout).toMatch(/\nok\n$/)
        expect(stdout).not.toContain(serverPrivateKey)
        expect(stdout).not.toContain(key(101))
      }
    })

    test('tells the counters of our peers only, whatever the file looks like', async () => {
      await ask('ensure', one)
      const foreign = `\n[Peer]\n# Bob\n# vk-fake\nPublicKey = ${key(7)}\nAllowedIPs = 10.8.0.9/32\n`
      writeFile(`${block(one).replaceAll('\n', '\r\n')}${foreign}${block(two).replace('PublicKey = ', 'publickey=')}`)
      writeFileSync(join(lab, 'live'), `${live()}${key(7)}\t(none)\t10.8.0.9/32\n`)
      expect(await ask('peers')).toEqual({
        kind: 'ok',
        rows: [
          ['peer', 'vk-one1', 'live', '11', '22', '1800000000'],
          ['peer', 'vk-two2', 'file', '0', '0', '0'],
        ],
      })
    })

    test('takes one peer out and leaves every foreign line where it was', async () => {
      const before = `\n# The office\n[Peer]\n# Bob\nPublicKey = ${key(7)}\nAllowedIPs = 10.8.0.9/32 # fixed\n`
      const after = `\n# Alice's phone, please keep\n[Peer]\nPublicKey = ${key(8)}\nAllowedIPs = 10.8.0.10/32\n`
      writeFile(`${before}${block(one)}${after}`)
      expect(await ask('remove', { account: 'vk-one1' })).toEqual(ok)
      expect(file()).toBe(`${head}${before}${after}`)
      expect(calls()).toContain(`wg set wg0 peer ${key(1)} remove`)
      expect(calls()).not.toContain(key(7))
      expect(await ask('remove', { account: 'vk-one1' })).toEqual(ok)
      expect(file()).toBe(`${head}${before}${after}`)
    })

    test('does not grow the file however often peers come and go', async () => {
      await ask('ensure', one)
      const text = file()
      for (let round = 0; round < 3; round++) {
        await ask('ensure', two)
        await ask('remove', { account: two.account })
      }
      expect(file()).toBe(text)
    })

    test('replaces the key of an account, live too', async () => {
      await ask('ensure', one)
      await ask('ensure', { ...one, 'public-key': key(3) })
      expect(file()).toBe(`${head}${block({ ...one, 'public-key': key(3) })}`)
      expect(live()).toBe(`${key(3)}\t${key(101)}\t10.8.0.5/32\n`)
    })

    test('marks its own peer again when a rewrite of the file has lost the comments', async () => {
      await ask('ensure', one)
      writeFile(block(one).replace('# vk-one1\n', ''))
      expect(await ask('peers')).toEqual(ok)
      expect(await ask('ensure', one)).toEqual(ok)
      expect(file()).toBe(`${head}${block(one)}`)
    })

    test('refuses an address or a key that another peer holds, in the file or live, and changes nothing', async () => {
      await ask('ensure', one)
      writeFileSync(join(lab, 'live'), `${live()}${key(7)}\t(none)\t10.8.0.9/32 10.8.0.10/32\n`)
      const before = [file(), live()]
      expect(await ask('ensure', { ...two, address: '10.8.0.5' })).toEqual({
        kind: 'error',
        code: 'address-taken',
        sentence: '10.8.0.5 belongs to vk-one1',
      })
      expect(await ask('ensure', { ...two, address: '10.8.0.10' })).toMatchObject({ code: 'address-taken' })
      expect(await ask('ensure', { ...two, 'public-key': key(1) })).toMatchObject({ code: 'key-taken' })
      expect([file(), live()]).toEqual(before)
    })

    test('loses none of twelve changes at once', async () => {
      const peers = Array.from({ length: 12 }, (_, n) => ({
        account: `vk-many${n}`,
        'public-key': key(n + 10),
        'preshared-key': key(n + 110),
        address: `10.8.1.${n}`,
      }))
      await Promise.all(peers.map((peer) => ask('ensure', peer)))
      for (const peer of peers) expect(file()).toContain(block(peer).trim())
      expect(live().trim().split('\n')).toHaveLength(12)
    })

    test('takes a peer out of the file while the interface is down, but promises none', async () => {
      await ask('ensure', one)
      writeFileSync(join(lab, 'stopped'), '')
      expect(await ask('ensure', two)).toMatchObject({ code: 'no-interface' })
      expect(await ask('probe')).toMatchObject({ code: 'no-interface' })
      expect(await ask('remove', { account: 'vk-one1' })).toEqual(ok)
      expect(file()).toBe(head)
    })

    test.each([
      ['a request that broke off', (whole: string) => whole.slice(0, -3)],
      ['a request without a greeting', (whole: string) => whole.replace('vpn-kiosk/1', 'hello')],
      ['an unknown field', (whole: string) => whole.replace('address', 'adress')],
      ['a command for an account', (whole: string) => whole.replace('vk-one1', 'vk-one1;reboot')],
      ['a command for an interface', (whole: string) => whole.replace('interface wg0', 'interface $(reboot)')],
      ['a path with a gap', (whole: string) => whole.replace('wg0.conf', 'wg0.conf x')],
      ['a malformed key', (whole: string) => whole.replace(key(1), `${key(1)}x`)],
      ['a network for an address', (whole: string) => whole.replace('10.8.0.5', '0.0.0.0/0')],
    ])('refuses %s by itself, without relying on who sent it', async (_name, spoil) => {
      const { reply } = await send(
        spoil(formatRequest({ verb: 'ensure', fields: { interface: 'wg0', config, ...one } })),
      )
      expect(reply).toMatchObject({ kind: 'error', code: 'bad-request' })
      expect([file(), live(), calls()]).toEqual([head, '', ''])
    })

    test('says what is missing on the server', async () => {
      expect(await ask('peers', { config: join(lab, 'other.conf') })).toMatchObject({ code: 'no-config' })
      writeFileSync(join(lab, 'bin', 'id'), '#!/bin/bash\necho 1000\n')
      expect(await ask('probe')).toMatchObject({ code: 'not-root' })
    })

    test('tells what a first look needs, and that SaveConfig would lose our marks', async () => {
      writeFile('SaveConfig = true\n')
      const reply = await ask('facts')
      expect(reply?.kind === 'ok' && reply.rows).toEqual(
        expect.arrayContaining([
          ['version', 'v1.0'],
          ['interface', 'wg0'],
          ['config', config],
          ['public-key', key(98)],
          ['listen-port', '51820'],
          ['peers', '0'],
          ['address', '10.8.0.1/16'],
          ['save-config', 'on'],
        ]),
      )
    })
  },
)
