/** Who and what there is in every devnet: the same names in the demo, in stories and in pictures. */
export const cast = {
  bots: {
    client: { token: '1000001:client-bot-of-the-demo-AAAAAAAAAAAAA', username: 'kiosk_vpn_bot', name: 'VPN Kiosk' },
    support: {
      token: '1000002:support-bot-of-the-demo-AAAAAAAAAAAA',
      username: 'kiosk_support_bot',
      name: 'VPN Kiosk Support',
    },
    admin: {
      token: '1000003:admin-bot-of-the-demo-AAAAAAAAAAAAAA',
      username: 'kiosk_admin_bot',
      name: 'VPN Kiosk Admin',
    },
  },
  supportGroup: -1001000000001,
  people: {
    owner: { id: 501, firstName: 'Olga', username: 'olga_owner', languageCode: 'ru' },
    agent: { id: 502, firstName: 'Max', username: 'max_support', languageCode: 'ru' },
    customer: { id: 601, firstName: 'Anna', username: 'anna', languageCode: 'ru' },
    friend: { id: 602, firstName: 'Boris', username: 'boris', languageCode: 'ru' },
    guest: { id: 603, firstName: 'Emma', username: 'emma', languageCode: 'en' },
  },
} as const

export type BotName = keyof typeof cast.bots
export type PersonName = keyof typeof cast.people
