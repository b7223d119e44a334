/** What the world refused, in its own words. */
export class Refused extends Error {}

async function call(path, body, options = {}) {
  const response = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    ...options,
  })
  const answer = await response.json()
  if (!response.ok) throw new Refused(answer.error?.message ?? response.statusText)
  return answer
}

/** A verb of the People API, e.g. `people('send-text', { person, chat, text })`. */
export const people = (verb, body = {}) => call(`/people/${verb}`, body)

/** Reads something of the world, or with a body changes it. */
export const world = (verb, body, options) => call(`/world/${verb}`, body, options)
