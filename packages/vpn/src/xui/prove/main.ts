import { parseArgs } from 'node:util'
import { createProofContext } from './context.ts'
import { plainWishes, realityWish, tlsWishes } from './inbounds.ts'
import { proveDiscovery, proveLife } from './life.ts'
import { createProof } from './steps.ts'
import { proveManagedHosts, proveManyInbounds, proveTransports } from './transports.ts'

const usage = `Proves the 3X-UI driver on a real panel. It makes inbounds and clients of its own there: use a throwaway panel.
  npx node packages/vpn/src/xui/prove/main.ts --url http://127.0.0.1:2053/base/ --username U --password P --xray PATH
    --token T              instead of a user name and a password (3.0 and later)
    --two-factor SEED      the base 32 seed of the panel's two-factor code
    --xray PATH            an Xray binary, to be the customer's app
    --page URL             a folder's page with a file big.txt of more than 400,000 bytes, fetched through the tunnel
    --target HOST:PORT     the TLS 1.3 server that Reality borrows its face from
    --server-name NAME     the name in that server's certificate
    --cert PATH --key PATH a certificate for inbounds under TLS; without them those are left out
    --sub-url URL          the panel's subscription address, e.g. http://127.0.0.1:2096/sub/
    --port N               the first of the twenty ports that its inbounds take (default 18440)`

const { values: flags } = parseArgs({
  options: {
    url: { type: 'string' },
    username: { type: 'string' },
    password: { type: 'string' },
    token: { type: 'string' },
    'two-factor': { type: 'string' },
    xray: { type: 'string' },
    page: { type: 'string', default: 'http://127.0.0.1:9080/' },
    target: { type: 'string', default: '127.0.0.1:9443' },
    'server-name': { type: 'string', default: 'target.test' },
    cert: { type: 'string' },
    key: { type: 'string' },
    'sub-url': { type: 'string', default: 'http://127.0.0.1:2096/sub/' },
    port: { type: 'string', default: '18440' },
    help: { type: 'boolean', default: false },
  },
})

const print = (line: string): void => void process.stdout.write(`${line}\n`)

async function prove(url: string, xrayPath: string): Promise<boolean> {
  const proof = createProof(print)
  const secrets: Record<string, string> =
    flags.token === undefined ? { password: flags.password ?? '' } : { token: flags.token }
  if (flags['two-factor'] !== undefined) secrets.twoFactorSecret = flags['two-factor']
  const settings = {
    url,
    // A throwaway panel is on loopback or in a private network, and so is its customer here.
    allowPrivateHost: true,
    ...(flags.username === undefined ? {} : { username: flags.username }),
  }
  const context = await createProofContext(
    { settings, secrets, subscriptionUrl: flags['sub-url'], xrayPath, page: flags.page },
    proof,
  )

  const port = Number(flags.port)
  const reality = { target: flags.target, serverName: flags['server-name'], keys: await context.admin.newRealityKeys() }
  const inboundId = await context.admin.addInbound(realityWish({ ...reality, port }))
  await proveDiscovery(context, inboundId)
  await proveLife(context, inboundId)
  const [realityId = inboundId] = await proveTransports(context, [realityWish({ ...reality, port: port + 1 })], {
    connect: true,
  })
  const plainIds = await proveTransports(context, plainWishes(port + 2), { connect: true })
  await proveManyInbounds(context, [realityId, ...plainIds.slice(0, 2)])
  if (Number.parseFloat(context.admin.panelVersion ?? '0') >= 3.4) {
    await proveManagedHosts(context, realityId)
    await proveManagedHosts(context, plainIds[0] ?? inboundId)
  }
  if (flags.cert !== undefined && flags.key !== undefined) {
    await proveTransports(context, await tlsWishes(port + 10, flags.cert, flags.key), { connect: false })
  }
  print(`${proof.passed} passed, ${proof.failed} failed`)
  return proof.failed === 0
}

if (flags.help || flags.url === undefined || flags.xray === undefined) {
  print(usage)
  process.exitCode = flags.help ? 0 : 2
} else {
  process.exitCode = (await prove(flags.url, flags.xray)) ? 0 : 1
}
