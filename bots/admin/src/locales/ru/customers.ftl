search-prompt =
    🔍 <b>Кого ищем?</b>

    Пришлите имя, @username, Telegram ID, номер платежа или заказа. Или откройте список.
search-found =
    { $count ->
        [0] 🤷 По запросу «{ $query }» никого. Попробуйте иначе: имя, @username, Telegram ID или номер платежа.
        [one] 👥 По запросу «{ $query }» — { $count } клиент
        [few] 👥 По запросу «{ $query }» — { $count } клиента
       *[other] 👥 По запросу «{ $query }» — { $count } клиентов
    }
search-page =
    { $count ->
        [0] 🤷 По запросу «{ $query }» больше никого.
       *[other] 👥 По запросу «{ $query }», сначала новые. Нет нужного — листайте дальше или пришлите запрос точнее.
    }
people-ending = ⏳ Скоро закончится
people-trial = 🎁 Пробуют
people-expired = 🔴 Закончилось
people-banned = 🚫 Заблокированы
people-newest = 🆕 Новые
people-ending-title = ⏳ <b>Подписка скоро закончится</b> — сначала у кого раньше.
people-trial-title = 🎁 <b>На пробном периоде</b> — сначала у кого раньше закончится.
people-expired-title = 🔴 <b>Подписка закончилась</b> — сначала недавние.
people-banned-title = 🚫 <b>Заблокированы</b> — сначала недавние.
people-newest-title = 🆕 <b>Новые клиенты</b>
people-none = 🤷 Здесь никого.
people-next = Дальше ›
search-again = 🔍 Другой
standing-icon =
    { $standing ->
        [active] 🟢
        [expired] 🔴
        [suspended] ⛔️
        [held] 📢
        [frozen] ❄️
        [traffic_used_up] 🟠
       *[none] ⚪️
    }

card-name = 👤 <b>{ $name }</b>{ $username }
card-ids = 🆔 <code>{ $telegramId }</code> · <code>{ $id }</code>
card-seen = 📅 С нами с { $since }, последний раз: { $active }
card-banned = 🚫 <b>Заблокирован</b>
card-unreachable = 🔕 Сообщения не доходят: бот заблокирован
card-no-subscription = ⚪️ Подписки ещё не было
card-subscription =
    { $standing ->
        [active] 🟢 Активна до { $until } ({ $days ->
            [one] { $days } день
            [few] { $days } дня
           *[other] { $days } дней
        })
        [expired] 🔴 Закончилась { $until }
        [suspended] ⛔️ Приостановлена, оплачена до { $until }
        [held] 📢 Пробный на паузе: вышел из канала
        [frozen] ❄️ Заморожена, закончится { $until }
        [traffic_used_up] 🟠 Трафик закончился, срок до { $until }
       *[none] ⚪️ Подписки ещё не было
    }{ $title }
card-traffic = 📶 Трафик: { $used } из { $limit } · отдельных ключей: { $devices } из { $deviceLimit }
card-renewal-on =
    🔁 Автопродление: { $price } { $source ->
        [stars] звёздами, Telegram спишет
        [card] с карты,
       *[balance] с баланса,
    } { $at }
card-renewal-off =
    🔁 Автопродление выключено: { $reason ->
        [failed] списать не получилось
        [plan_gone] подписка больше не продаётся
        [refunded] покупку вернули
        [stars_ended] Telegram не списал звёзды
        [card_expired] срок карты истёк
        [card_revoked] банк больше не разрешает списывать с карты
       *[customer] так решил клиент
    }
card-payments =
    💳 { $count ->
        [0] Оплат пока нет
        [one] { $count } оплата на { $total }
        [few] { $count } оплаты на { $total }
       *[other] { $count } оплат на { $total }
    }
card-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } платёж ждёт решения
        [few] { $count } платежа ждут решения
       *[other] { $count } платежей ждут решения
    }
card-referrals = 🤝 Приглашено друзей: { $friends }, из них с оплатой: { $paid }
card-gifts = 🎁 Подарил: { $given }, ждут активации: { $waiting } · получил: { $received }
card-tickets = 🎫 Обращений: { $total }, открытых: { $open }
card-trial = 🎁 Пробный период: { $used ->
        [yes] использован
       *[no] не использован
    }
card-accesses = 🔑 <b>Доступы</b>
card-access =
    { $state ->
        [works] ✅
        [server_down] 🔴
        [closed] 🚫
       *[other] ⏳
    } { $server } · { $protocol }{ $device } — { $state ->
        [works] работает
        [server_down] сервер не отвечает
        [setting_up] настраивается…
        [closing] закрывается…
       *[closed] закрыт
    }
card-access-seen = {"   "}в сети был { $at }
card-access-problem = {"   "}{ $text }
card-more-accesses = …и ещё { $count }

extend-by = +{ $days } дн.
extend-undo = ↩️ Забрать +{ $days } дн. обратно
extend-other = ✏️ Другой срок
extend-prompt = ✏️ На сколько дней продлить? Пришлите число от 1 до 3650.
extend-invalid = 🤔 Нужно целое число дней.
ban = 🚫 Заблокировать
ban-confirm =
    🚫 Заблокировать клиента <b>{ $name }</b>?

    Доступ отключится на всех серверах, которые отвечают, { $minutes ->
        [1] в течение минуты
       *[other] за { $minutes } мин.
    }, вместе с открытыми соединениями; на остальных — когда они вернутся. Если снять блокировку до конца срока, он будет действовать дальше.
ban-yes = 🚫 Да, заблокировать
unfreeze = ▶️ Разморозить
unban = ✅ Разблокировать
reset-trial = 🎁 Вернуть пробный

customer-extended = ✅ Добавлено дней: { $days }.
customer-extended-with-traffic = ✅ Добавлено дней: { $days }, с ними { $traffic } трафика.
customer-already-done = 👌 Это уже сделано.
customer-invalid-days = 🤔 Нужно целое число дней.
customer-banned = 🚫 Клиент заблокирован, доступ отключается: в списке ниже видно, где он уже закрыт.
customer-already-banned = 👌 Клиент уже заблокирован.
customer-unfrozen = ✅ Разморожено: доступ включается, клиент об этом узнает.
customer-not-frozen = ℹ️ Уже не заморожено.
customer-unbanned = ✅ Блокировка снята, доступ включается.
customer-not-banned = 👌 Клиент не заблокирован.
customer-reset = 🎁 Пробный период можно взять снова.
customer-not-used = 👌 Пробный период ещё не использован.
customer-taken-back = ↩️ Забрали обратно.
customer-nothing-left = 👌 Забирать уже нечего.
customer-unknown-customer = 🤷 Такого клиента нет.
