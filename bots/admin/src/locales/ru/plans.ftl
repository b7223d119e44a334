plans-title =
    { $count ->
        [0] 🏷 <b>Тарифы</b>

            Пока ни одного: продавать нечего.
       *[other] 🏷 <b>Тарифы</b>

            🟢 продаётся · ⭐️ отмечен · 🎁 пробный · 🙈 спрятан
    }
plan-new = ➕ Новый тариф
plan-title = { $mark } <b>{ $title }</b>
plan-title-in = 🌐 { $language }: { $title }
plan-is-trial = 🎁 Пробный период. Сколько дней — в настройках.
plan-free = 💰 Бесплатно
plan-price = 💰 { $price }
plan-prices = 💱 { $prices }
plan-days =
    📅 { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }
plan-limits =
    📱 { $devices ->
        [one] { $devices } устройство
        [few] { $devices } устройства
       *[other] { $devices } устройств
    } · 📶 { $traffic }
plan-unlimited = без ограничений
plan-unlimited-button = ♾ Без ограничений
plan-position = ↕️ Место в списке: { $position }
plan-state =
    { $state ->
        [hidden] 🙈 Спрятан: купить его нельзя
        [popular] ⭐️ Продаётся и отмечен как популярный
       *[on] 🟢 Продаётся
    }
plan-hint = Изменения — для новых покупок. Что уже куплено и выставлено к оплате, останется прежним.
plan-field-title = ✏️ Имя · { $language }
plan-field-price = 💰 Цена
plan-field-prices = 💱 Другие валюты
plan-field-days = 📅 Срок
plan-field-devices = 📱 Устройства
plan-field-traffic = 📶 Трафик
plan-field-position = ↕️ Место
plan-hide = 🙈 Спрятать
plan-sell = 🟢 Продавать
plan-mark = ⭐️ Отметить
plan-unmark = Снять отметку
plan-new-title = ➕ <b>Новый тариф</b>
plan-ask-title = ✏️ <b>Как назвать тариф?</b> Язык: { $language }. До 40 знаков, например «1 месяц».
plan-ask-price = 💰 <b>Сколько стоит?</b> Например 299 или 299,50.
plan-ask-trial-price = 💰 <b>Сколько стоит пробный период?</b> Например, 10 или 9.50; 0 — бесплатно. Кто уже пробовал или платил, купить его не сможет.
plan-ask-prices = 💱 <b>Сколько стоит в других валютах?</b> Например 4.90 EUR, 150 XTR; прочерк (-) — нисколько. Коды: RUB, USD, EUR, USDT и XTR для Telegram Stars. Способы, которые не берут валюту тарифа, просят одну из этих сумм.
plan-ask-days = 📅 <b>На сколько дней?</b> Целое число до 3650.
plan-ask-devices = 📱 <b>Сколько устройств сразу?</b> Число от 1 до 100.
plan-ask-traffic = 📶 <b>Сколько гигабайт на весь срок?</b> Целое число.
plan-ask-position = ↕️ <b>Какое место в списке?</b> Число от 0 до 1000: меньшие — выше.
plan-problem-not_a_number = 🤔 Это не похоже на цену.
plan-problem-too_many_decimals = 🤔 После запятой больше цифр, чем есть у валюты: у рублей, долларов и евро две, у звёзд ни одной. Тысячи запятой не отделяйте: 1299, а не 1,299.
plan-problem-zero = 🤔 Бесплатно не продаём: для этого есть пробный период и подарочные дни.
plan-problem-negative = 🤔 Цена не бывает меньше нуля.
plan-problem-too_large = 🤔 Слишком дорого: больше десяти миллионов. Нет ли лишних цифр?
plan-problem-price = 🤔 Такая цена не годится.
plan-problem-prices = 🤔 Пришлите каждую цену с кодом валюты, каждую валюту один раз и без валюты самого тарифа: 4.90 EUR, 150 XTR.
plan-problem-title = 🤔 Нужно имя от 1 до 40 знаков.
plan-problem-days = 🤔 Нужно целое число дней от 1 до 3650.
plan-problem-devices = 🤔 Нужно целое число от 1 до 100.
plan-problem-traffic = 🤔 Нужно целое число гигабайт, не меньше одного.
plan-problem-position = 🤔 Нужно целое число от 0 до 1000.
plan-changed-meanwhile = 🤔 Пока вы думали, это изменил кто-то ещё. Ниже — как стало. Пришлите своё, если всё ещё нужно.
plan-result =
    { $kind ->
        [updated] ✅ Изменено. Клиенты увидят это сразу.
        [unchanged] 👌 Так и было.
        [changed_meanwhile] 🤔 Это уже изменил кто-то ещё. Ниже — как стало.
        [unknown_plan] 🤷 Такого тарифа больше нет.
       *[invalid_plan] 🤔 Такое значение не годится.
    }
plan-confirm =
    ✅ <b>Всё верно?</b>

    🏷 { $titles }
    💰 { $price }
    📅 { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }
    📱 { $devices } · 📶 { $traffic }

    Сначала он будет спрятан — выставите на продажу, когда захотите.
plan-create = 💾 Создать
plan-created = 🎉 Тариф создан. Пока он спрятан: нажмите «Продавать», и клиенты его увидят.
