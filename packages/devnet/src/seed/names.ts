const firstId = 9000

/** The Telegram id of the customer at `index` in the seeded month. */
export const seededId = (index: number): number => firstId + index

export const isSeeded = (id: number): boolean => id >= firstId && id < firstId + 1000

/** Customers of the seeded month. */
export const firstNames = [
  'Алексей',
  'Мария',
  'Дмитрий',
  'Екатерина',
  'Сергей',
  'Ольга',
  'Андрей',
  'Наталья',
  'Иван',
  'Татьяна',
  'Михаил',
  'Елена',
  'Артём',
  'Юлия',
  'Никита',
  'Светлана',
  'Павел',
  'Ксения',
  'Роман',
  'Виктория',
  'James',
  'Ирина',
  'Егор',
  'Полина',
  'Emma',
  'Кирилл',
  'Алина',
  'Максим',
  'Дарья',
  'Олег',
  'Вера',
  'Тимур',
  'Liam',
  'Софья',
  'Глеб',
  'Марина',
  'Илья',
  'Анастасия',
  'Денис',
  'Лариса',
] as const
