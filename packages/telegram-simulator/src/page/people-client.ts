import type { People } from '../people/people.ts'
import type { Request, Verb } from '../people/requests.ts'

type Answer<V extends Verb> = Awaited<ReturnType<People[V]>>

/** The People API over HTTP. Throws `Refused` with the simulator's own words. */
export type PeopleClient = <V extends Verb>(verb: V, request: Request<V>, signal?: AbortSignal) => Promise<Answer<V>>

/** What the server refused, in its own words. */
class Refused extends Error {
  override readonly name = 'Refused'
}

/** Posts JSON and reads JSON; without a body it asks with GET. */
export async function callServer<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  const answer = await response.json()
  if (!response.ok) throw new Refused(answer.error?.message ?? response.statusText)
  return answer
}

const dashed = (verb: string): string => verb.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

export const people: PeopleClient = (verb, request, signal) => callServer(`/people/${dashed(verb)}`, request, signal)
