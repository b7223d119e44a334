import type { Words } from '../words/words.ts'

const rules = new Intl.PluralRules('ru')
const count = (number: number, one: string, few: string, many: string): string =>
  `${number}\u00a0${{ one, few, many, other: many, zero: many, two: few }[rules.select(number)]}`

export const ru: Words = {
  language: 'ru',
  title: 'Ваш VPN',
  brand: 'VPN',
  otherLanguage: { language: 'en', name: 'English' },
  situations: {
    active: { title: 'Подписка активна', text: '', remark: '' },
    preparing: {
      title: 'Готовим ваш ключ',
      text: 'Обычно это меньше минуты. Страница обновится сама. Если вы пользуетесь WireGuard, ваш файл лежит в боте.',
      remark: '⚙️ Ключ готовится. Обновите через минуту',
    },
    expired: {
      title: 'Подписка закончилась',
      text: 'Продлите её в боте: ключ останется прежним, настраивать заново ничего не придётся.',
      remark: '⏳ Подписка закончилась. Продлите её в боте',
    },
    traffic_used_up: {
      title: 'Трафик закончился',
      text: 'Купите новый период в боте, и всё заработает снова с тем же ключом.',
      remark: '📊 Трафик закончился. Продлите подписку в боте',
    },
    suspended: {
      title: 'Доступ приостановлен',
      text: 'Напишите в поддержку, и мы разберёмся.',
      remark: '⛔ Доступ приостановлен. Напишите в поддержку',
    },
    none: {
      title: 'Подписки пока нет',
      text: 'Выберите срок в боте: ключ придёт через несколько секунд после оплаты.',
      remark: '🛒 Подписки пока нет. Оформите её в боте',
    },
  },
  trial: 'Пробный период',
  daysLeft: (days) => `Ещё ${count(days, 'день', 'дня', 'дней')}`,
  hoursLeft: (hours) => (hours <= 1 ? 'Меньше часа' : `Ещё ${count(hours, 'час', 'часа', 'часов')}`),
  activeUntil: 'До',
  endedOn: 'Закончилась',
  traffic: 'Трафик',
  trafficOf: (used, limit) => `${used} из ${limit}`,
  unlimited: 'без ограничений',
  renew: 'Продлить в боте',
  openBot: 'Открыть бот',
  writeSupport: 'Написать в поддержку',
  connect: {
    title: 'Подключение',
    install: 'Установите одно из приложений ниже.',
    press: 'Нажмите здесь на его кнопку: VPN добавится сам.',
    turnOn: 'Включите VPN в приложении. Готово!',
  },
  chooseSystem: 'Ваше устройство',
  systems: { android: 'Android', ios: 'iPhone', windows: 'Windows', macos: 'Mac', linux: 'Linux' },
  addTo: (app) => `Добавить в ${app}`,
  recommended: 'советуем',
  link: {
    title: 'Ссылка для приложения',
    text: 'Если кнопка не сработала, скопируйте ссылку и вставьте её в приложении.',
    scan: 'Для другого устройства: отсканируйте код в приложении.',
    personal: 'Ссылка личная: кто её знает, пользуется вашим VPN.',
  },
  copy: 'Скопировать',
  copied: 'Скопировано',
  waysIn: {
    title: 'Серверы по отдельности',
    text: 'Пригодится, если приложение не умеет подписки.',
    show: 'Показать ключ',
    download: 'Скачать файл',
  },
  open: {
    title: (app) => `Добавляем VPN в ${app}`,
    button: (app) => `Открыть ${app}`,
    install: (app) => `Ничего не произошло? Установите ${app} и нажмите ещё раз.`,
    text: 'Если приложение не открылось само, нажмите на кнопку.',
    otherwise: 'Или скопируйте ссылку и вставьте её в приложении:',
    page: 'Другие приложения и QR-код',
  },
  problems: {
    notFound: {
      title: 'Такой страницы нет',
      text: 'Возможно, ссылка скопирована не целиком или её заменили новой. Свежая ссылка всегда в боте.',
    },
    tooMany: { title: 'Слишком часто', text: 'Подождите минуту и обновите страницу.' },
    badRequest: { title: 'Запрос не понят', text: 'Откройте ссылку из бота ещё раз.' },
    unavailable: {
      title: 'Сейчас не получается',
      text: 'Мы уже чиним. Обновите страницу через минуту; сам VPN при этом работает.',
    },
  },
}
