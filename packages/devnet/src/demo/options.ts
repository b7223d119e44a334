import { parseArgs } from 'node:util'
import type { Language } from '@vpn-kiosk/domain'
import { listLanguages } from '@vpn-kiosk/i18n'

export interface DemoOptions {
  readonly port: number
  readonly host: string
  /** Of everybody in the demo and of the page; null = people speak Russian, the page what the browser does. */
  readonly language: Language | null
}

export const demoHelp = `Runs the whole business on this machine, with a simulated Telegram, VPN panel and payment providers.

  npm run demo -- [options]

  --port <number>   the page's port, or the next free one (3000)
  --host <address>  the address to listen on (127.0.0.1)
  --lang <en|ru>    what everybody speaks
  --help            this text
`

/** Reads the command line; `null` = help was asked for. Throws an Error whose message says what is wrong. */
export function readOptions(args: readonly string[]): DemoOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '3000' },
      host: { type: 'string', default: '127.0.0.1' },
      lang: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('--port is a number from 1 to 65535')
  const languages = listLanguages()
  if (values.lang !== undefined && !languages.includes(values.lang))
    throw new Error(`--lang is one of ${languages.join(', ')}`)
  return { port, host: values.host, language: values.lang ?? null }
}
