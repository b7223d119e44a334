import { Agent, request } from 'node:http'

export interface HttpClient {
  /** Resolves when the whole answer has come; throws on anything but 200. */
  get(url: string): Promise<void>
  close(): void
}

/** Keeps `connections` open, and comes from another address with each request, as through a reverse proxy. */
export function createHttpClient(connections: number): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let sent = 0
  return {
    get: (url) =>
      new Promise((resolve, reject) => {
        sent += 1
        const address = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`
        const headers = { 'user-agent': 'Happ/3.8.1', 'x-forwarded-for': address }
        const call = request(url, { agent, headers }, (response) => {
          response.resume()
          response.on('error', reject)
          response.on('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`)),
          )
        })
        call.on('error', reject)
        call.end()
      }),
    close: () => agent.destroy(),
  }
}
