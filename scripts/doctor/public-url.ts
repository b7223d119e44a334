import { type Check, type Finding, fine, notSet, wrong } from './finding.ts'

const name = 'public url'

/** Checks whether customers and payment providers can reach `web`. */
export const publicUrlCheck: Check = {
  name,
  examine: async ({ config }) => {
    const { publicUrl } = config.http
    if (publicUrl === null) {
      const advice = 'put the https address of this shop into PUBLIC_URL (deploy/ has a reverse proxy)'
      return [notSet(name, 'PUBLIC_URL is not set: subscription links and webhooks work on this machine only', advice)]
    }
    return [await examineHealth(publicUrl)]
  },
}

async function examineHealth(publicUrl: string): Promise<Finding> {
  const address = `${publicUrl}/health`
  const response = await fetch(address, { signal: AbortSignal.timeout(8_000), redirect: 'manual' }).catch(() => null)
  if (!response) {
    return wrong(name, `${address} does not answer`, 'check that web runs (npm run status), DNS, proxy and firewall')
  }
  const parts: unknown = await response.json().catch(() => null)
  const down = partsDown(parts)
  if (response.status === 200 && isHealth(parts)) {
    return fine(name, `${address} answers${down.length > 0 ? `; web goes on without: ${down.join(', ')}` : ''}`)
  }
  if (response.status === 503 && isHealth(parts)) {
    return wrong(name, `web answers, but cannot reach: ${down.join(', ') || 'a part'}`, 'mend that part first')
  }
  return wrong(name, `${address} answers ${response.status}, not as this shop does`, 'the proxy must pass it to web')
}

const partsDown = (body: unknown): string[] =>
  isHealth(body)
    ? Object.entries(body).flatMap(([part, state]) => (part !== 'status' && state === 'down' ? [part] : []))
    : []

const isHealth = (body: unknown): body is { status: string } =>
  typeof body === 'object' && body !== null && 'status' in body && typeof body.status === 'string'
