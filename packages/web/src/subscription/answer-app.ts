import type { Translator } from '@vpn-kiosk/i18n'
import type { Key } from '@vpn-kiosk/shop'
import type { FastifyReply } from 'fastify'
import { type Contacts, titleOf } from '../contacts.ts'
import { situationKey, situationOf } from './situation.ts'

/**
 * What a VPN app gets: share links, one a line, the whole in base64, and headers it shows to the customer. Who may not
 * connect gets one entry that leads nowhere and says why: on an error status apps would silently keep the old list.
 */
export function answerApp(reply: FastifyReply, key: Key, { t, contacts }: { t: Translator; contacts: Contacts }) {
  const situation = situationOf(key)
  const links = situation === 'active' ? linksOf(key) : [signpost(t.plain(`${situationKey(situation)}-remark`))]
  return reply
    .headers(headersOf(key, contacts))
    .type('text/plain; charset=utf-8')
    .send(base64(links.join('\n')))
}

const linksOf = (key: Key): string[] =>
  key.waysIn.flatMap(({ document }) => (document.kind === 'link' ? [document.uri] : []))

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

/** A well-formed entry whose name is the message; port 1 of the device itself answers nobody. */
const signpost = (remark: string): string =>
  `vless://00000000-0000-4000-8000-000000000000@127.0.0.1:1?encryption=none&type=tcp&security=none#${encodeURIComponent(remark)}`

function headersOf(key: Key, contacts: Contacts): Record<string, string> {
  const { bot, support } = contacts
  const contact = support ?? bot
  return {
    'cache-control': 'no-store',
    // Bytes and seconds; 0 is "unlimited". Usage is known as a sum, and Hiddify wants both keys.
    'subscription-userinfo': `upload=0; download=${key.trafficUsedBytes}; total=${key.trafficLimitBytes ?? 0n}; expire=${secondsOf(key.endsAt)}`,
    'profile-title': `base64:${base64(titleOf(contacts))}`,
    'profile-update-interval': '12',
    'profile-web-page-url': key.subscriptionUrl,
    'content-disposition': `attachment; filename="${bot?.username ?? 'vpn'}"`,
    ...(contact ? { 'support-url': contact.url } : {}),
  }
}

const secondsOf = (at: Date | null): number => (at ? Math.floor(at.getTime() / 1000) : 0)
