import type { Words } from '../words/words.ts'

/** Its own name, as its speakers look for it. */
const russian = 'Русский'
const count = (number: number, one: string, many: string): string => `${number}\u00a0${number === 1 ? one : many}`

export const en: Words = {
  language: 'en',
  title: 'Subscription',
  moscowTime: 'MSK',
  otherLanguage: { language: 'ru', name: russian },
  situations: {
    active: { title: 'Subscription is active', text: '', remark: '' },
    preparing: {
      title: 'Your key is being prepared',
      text: 'It usually takes less than a minute. This page refreshes by itself.',
      remark: '⚙️ Key is being prepared. Refresh in a minute',
    },
    devices: {
      title: 'Your devices’ files are in the bot',
      text: 'Each of your devices has a file of its own. Open “Devices” in the bot to add one or to get its file again.',
      remark: '📱 The file for this device is in the bot',
    },
    expired: {
      title: 'Subscription has ended',
      text: 'Renew it in the bot: your key stays the same, there is nothing to set up again.',
      remark: '⏳ Subscription has ended. Renew it in the bot',
    },
    trial_ended: {
      title: 'The trial has ended',
      text: 'Choose a subscription in the bot: your key stays the same, there is nothing to set up again.',
      remark: '🎁 The trial has ended. Choose a plan in the bot',
    },
    traffic_used_up: {
      title: 'Traffic is used up',
      text: 'Buy another period in the bot and everything works again with the same key.',
      remark: '📊 Traffic is used up. Renew in the bot',
    },
    suspended: {
      title: 'Access is suspended',
      text: 'Write to support and we will sort it out.',
      remark: '⛔ Access is suspended. Write to support',
    },
    none: {
      title: 'No subscription yet',
      text: 'Choose a period in the bot: the key arrives seconds after you pay.',
      remark: '🛒 No subscription yet. Get one in the bot',
    },
  },
  trial: 'Trial',
  daysLeft: (days) => `${count(days, 'day', 'days')} left`,
  hoursLeft: (hours) => (hours <= 1 ? 'Less than an hour left' : `${count(hours, 'hour', 'hours')} left`),
  activeUntil: 'Until',
  endedOn: 'Ended on',
  traffic: 'Traffic',
  trafficOf: (used, limit) => `${used} of ${limit}`,
  unlimited: 'unlimited',
  renew: 'Renew in the bot',
  choosePlan: 'Choose a subscription',
  openBot: 'Open the bot',
  writeSupport: 'Write to support',
  connect: {
    title: 'Connect',
    install: 'Install an app: the buttons lead to its store.',
    press: 'Come back and press “Add”: your VPN is added by itself.',
    turnOn: 'Turn the VPN on in the app. Done!',
  },
  chooseSystem: 'Your device',
  systems: { android: 'Android', ios: 'iPhone', windows: 'Windows', macos: 'Mac', linux: 'Linux' },
  addTo: (app) => `Add to ${app}`,
  install: (app) => `Install ${app}`,
  installShort: 'Install',
  recommended: 'recommended',
  link: {
    title: 'Link for your app',
    text: 'If the button did nothing, copy the link and paste it in the app.',
    scan: 'For another device: scan the code in its app.',
    personal: 'The link is personal: whoever knows it uses your VPN.',
  },
  copy: 'Copy',
  copied: 'Copied',
  waysIn: {
    title: 'Servers one by one',
    text: 'For apps that do not know subscriptions.',
    show: 'Show the key',
    download: 'Download the file',
    someReady: (count, of) =>
      `${count} of ${of} servers are ready. The others appear here and in the app by themselves.`,
  },
  open: {
    title: (app) => `Adding your VPN to ${app}`,
    button: (app) => `Open ${app}`,
    nothing: 'Nothing happened? Install the app, come back and press again.',
    text: 'If the app did not open by itself, press the button.',
    otherwise: 'Or copy the link and paste it in the app:',
    page: 'Other apps and the QR code',
  },
  problems: {
    notFound: {
      title: 'There is no such page',
      text: 'Perhaps the link was not copied whole, or a new one replaced it. The bot always has the current one.',
    },
    tooMany: { title: 'Too often', text: 'Wait a minute and refresh the page.' },
    badRequest: { title: 'The request was not understood', text: 'Open the link from the bot once more.' },
    unavailable: {
      title: 'It does not work right now',
      text: 'We are on it. Refresh the page in a minute; the VPN itself keeps working.',
    },
  },
}
