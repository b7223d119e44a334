import { ensureLinks, type ProofContext } from './context.ts'
import type { InboundWish } from './inbounds.ts'
import { demand } from './steps.ts'

/** Every transport: the link handed out says what the panel's own says, and where it can, it opens a connection. */
export async function proveTransports(
  context: ProofContext,
  wishes: readonly InboundWish[],
  options: { readonly connect: boolean },
): Promise<number[]> {
  const inboundIds: number[] = []
  for (const wish of wishes) {
    await context.proof.step(
      `${wish.remark}: the link is the panel’s own${options.connect ? ', and opens a connection' : ''}`,
      async () => {
        const inboundId = await context.admin.addInbound(wish)
        inboundIds.push(inboundId)
        const spec = context.newSpec()
        const links = await ensureLinks(context.open([inboundId]), spec)
        await compare(context, links, () => context.panelLinks(spec))
        return options.connect ? context.opens(links[0] ?? '') : links.map(withoutName).join(' ')
      },
    )
  }
  return inboundIds
}

/** Addresses that the panel manages for an inbound (3.4 and later) show in our links as in its own. */
export async function proveManagedHosts(context: ProofContext, inboundId: number): Promise<void> {
  await context.proof.step('managed addresses: the links are the panel’s own', async () => {
    const common = { port: 2083, remark: 'cdn', security: 'same' }
    await context.admin.addHost(inboundId, {
      ...common,
      hosts: ['cdn.example', '[2001:db8::1]:8080', ''],
      sni: 'front.example',
      fingerprint: 'safari',
    })
    await context.admin.addHost(inboundId, {
      ...common,
      hosts: ['tls.example'],
      security: 'tls',
      alpn: ['h2'],
      hostHeader: 'h.example',
      path: '/p',
    })
    const spec = context.newSpec()
    const links = await ensureLinks(context.open([inboundId]), spec)
    await compare(context, links, () => context.panelLinks(spec))
    return links.map(withoutName).join(' ')
  })
}

/** One account on several inbounds, then on fewer. */
export async function proveManyInbounds(context: ProofContext, inboundIds: readonly number[]): Promise<void> {
  const spec = context.newSpec()
  const last = inboundIds.slice(-1)
  await context.proof.step(
    `one account on ${inboundIds.length} inbounds: each link is the panel’s own and opens a connection`,
    async () => {
      const links = await ensureLinks(context.open(inboundIds), spec)
      await compare(context, links, () => context.panelLinks(spec))
      for (const link of links) await context.opens(link)
      return undefined
    },
  )
  await context.proof.step('taken off all but one of them, it opens only that one', async () => {
    const [gone = ''] = await ensureLinks(context.open(inboundIds), spec)
    const [kept = ''] = await ensureLinks(context.open(last), spec)
    await context.closes(gone)
    return context.opens(kept)
  })
}

const withoutName = (link: string): string => link.split('#')[0] ?? ''

/** What of XHTTP's further settings a link says changed from version to version until 3.5; ours always say what 3.6 does. */
const varying = new Set(['extra', 'x_padding_bytes'])

/** Compares as sets. Where the panel draws lots it is asked twice: what it changes its mind about is a lot. */
async function compare({ admin }: ProofContext, ours: readonly string[], ask: () => Promise<string[]>): Promise<void> {
  const isOld = Number.parseFloat(admin.panelVersion ?? '0') < 3.5
  const [first, second] = [await ask(), await ask()]
  demand(first.length === ours.length, `${ours.length} links, the panel has ${first.length}`)
  const byPlace = (links: readonly string[]) =>
    new Map(links.map((link) => [placeOf(link), new URL(link).searchParams]))
  const [our, their, again] = [byPlace(ours), byPlace(first), byPlace(second)]
  for (const [place, parameters] of our) {
    const panel = their.get(place)
    demand(panel !== undefined, `the panel has no link to ${place}, only ${[...their.keys()].join(', ')}`)
    const isLot = (name: string) => name === 'sid' || panel.get(name) !== again.get(place)?.get(name)
    const isSame = (name: string): boolean =>
      parameters.get(name) === panel.get(name) || (isLot(name) && parameters.has(name)) || (isOld && varying.has(name))
    const different = [...new Set([...parameters.keys(), ...panel.keys()])].filter((name) => !isSame(name))
    demand(
      different.length === 0,
      different.map((name) => `${name}: ${parameters.get(name)} / ${panel.get(name)}`).join(', '),
    )
  }
}

/** Who connects where. A newer panel asked by a loopback address calls itself localhost. */
function placeOf(link: string): string {
  const url = new URL(link)
  return `${url.protocol}//${url.username}@${url.host.replace('localhost', '127.0.0.1')}`
}
