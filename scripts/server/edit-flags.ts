import type { Flags, Line } from '../command-line/read-flags.ts'

const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const

export const editFlags = {
  name: text,
  country: text,
  city: text,
  'city-ru': text,
  'city-en': text,
  host: text,
  capacity: text,
  position: text,
  endpoint: text,
  test: yes,
  url: text,
  username: text,
  inbounds: text,
  'public-host': text,
  certificate: text,
  'password-file': text,
  'password-stdin': yes,
  'token-file': text,
  'token-stdin': yes,
  'two-factor-file': text,
  'ssh-host': text,
  port: text,
  user: text,
  'key-file': text,
  'endpoint-host': text,
} as const satisfies Flags

export type EditFlags = Line<typeof editFlags>['typed']

export const editHelp = `
Usage: npm run server:edit -- <name or id> [flags]

Changes a server; what is not named stays as it is. A way in is tested as it will be before it is saved, and what
customers have follows by itself.

The place:
  --name <text>       unique, at most 40 characters
  --country <code>    two letters, e.g. NL
  --city <text>       what is read where a language has no name of its own
  --city-ru <text>, --city-en <text>
  --host <host>       a note for staff
  --capacity <count>  how many accesses it may hold
  --position <number> lists show the lowest first

Its way in:
  --endpoint <id>     which one, where it has several (npm run server:list shows them)
  --test              tests it as it is; one that works again is taken back into service
  --public-host <host>  what customers dial, "" for the panel's own (xui)
  --inbounds <ids>    the VLESS inbounds to sell, e.g. 1,2 (xui)
  --url <address>     of the panel, with its secret path (xui)
  --username <name>   of the panel's login (xui)
  --certificate <sha256>  the one certificate that is trusted, "" for none (xui)
  --ssh-host <host>, --port <port>, --user <name>, --endpoint-host <host>  (wireguard)
  A new password from --password-file <file> or --password-stdin; a token from --token-file <file> or --token-stdin;
  the seed of two-factor codes from --two-factor-file <file>; an SSH key from --key-file <file>. A new credential takes
  the place of the old one.

  --json  print {"kind":"updated","server":…,"endpoint":…}

Secrets never belong on the command line: everybody on the machine can read it.

Examples:
  npm run server:edit -- ams-1 --password-file panel.txt
  npm run server:edit -- ams-1 --city Amsterdam --city-ru Amsterdam --capacity 500
  npm run server:edit -- ams-1 --inbounds 1,3 --public-host vpn.example.com
`
