import type { Flags, Line } from '../command-line/read-flags.ts'

const text = { type: 'string' } as const
const yes = { type: 'boolean' } as const

export const flags = {
  name: text,
  country: text,
  city: text,
  'city-ru': text,
  'city-en': text,
  'public-host': text,
  certificate: text,
  host: text,
  capacity: text,
  'dry-run': yes,
  url: text,
  username: text,
  inbounds: text,
  'password-file': text,
  'password-stdin': yes,
  'token-file': text,
  'token-stdin': yes,
  'two-factor-file': text,
  port: text,
  user: text,
  'key-file': text,
  'passphrase-file': text,
  'host-key': text,
  interface: text,
  sudo: yes,
  'endpoint-host': text,
} as const satisfies Flags

export type AddServerFlags = Line<typeof flags>['typed']

export const help = `
Usage: npm run add-server -- xui|wireguard [flags]

Adds a server with one way in. The connection is tested first: what does not answer is not saved. In a terminal,
what is missing is asked for.

The place:
  --name <text>       unique, at most 40 characters, e.g. ams-1
  --country <code>    two letters, e.g. NL
  --city <text>       and --city-ru, --city-en where customers read another name
  --host <host>       what staff read, and what customers dial where nothing else is said; wireguard: where SSH answers
  --capacity <count>  how many accesses it may hold

xui, a 3X-UI panel:
  --url <address>     with its secret path, e.g. https://panel.example.com:2053/secret/
  --username <name>   with a password; not needed with a token
  --public-host <host>    what customers dial, where it is not the panel's own host
  --certificate <sha256>  of a panel that signed its own; without it the fingerprint is shown and must be confirmed
  --inbounds <ids>    e.g. 1,2 or all: the VLESS inbounds to sell (without it they are listed)
  The password from --password-file <file>, --password-stdin or SERVER_PASSWORD; or a token (panel 3.0 and later) from
  --token-file <file>, --token-stdin or SERVER_TOKEN. The seed of two-factor codes, where the panel wants them, from
  --two-factor-file <file> or SERVER_TWO_FACTOR.

wireguard, a server over SSH:
  --port <port>           of SSH (22)
  --user <name>           of SSH (root)
  --sudo                  that user needs sudo -n
  --key-file <file>       the private key to log in with; or a password as above
  --passphrase-file <file>  of that key, or SERVER_KEY_PASSPHRASE
  --host-key <SHA256:…>   the server's own key; without it the key is shown and must be confirmed. On the server:
                          ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
  --interface <name>      of WireGuard (wg0)
  --endpoint-host <host>  what customers' configurations name, where it is not --host

  --dry-run  look and test, save nothing; needs no flag of the place but --host with wireguard
  --json     print {"kind":"added","serverId":…,"health":…,"problems":[…]}, or {"kind":"found",…} with --dry-run

Secrets never belong on the command line: everybody on the machine can read it.

Examples:
  npm run add-server -- xui --url https://p.example.com:2053/secret/ --username admin --password-file panel.txt \\
    --inbounds all --name ams-1 --country NL --city Amsterdam --capacity 500
  npm run add-server -- wireguard --host fra.example.com --key-file ~/.ssh/id_ed25519 --host-key SHA256:… \\
    --name fra-1 --country DE --city Frankfurt --capacity 250
`
