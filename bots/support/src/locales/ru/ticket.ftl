card-title =
    🎫 <b>Обращение № { $number }</b> · { $state ->
        [open] 🟢 открыто
        [waiting] 🟡 ждём клиента
        [closed] ⚪️ закрыто
       *[other] { $state }
    }
card-person = 👤 { $person }
card-person-username = 👤 { $person } · @{ $username }
card-ids =
    🆔 <code>{ $id }</code> · { $language ->
        [ru] 🇷🇺 русский
        [en] 🇬🇧 английский
       *[other] { $language }
    } · с нами с { $since }
card-banned = ⛔️ Заблокирован в магазине
card-no-subscription = 🔐 Подписки не было
card-subscription =
    { $standing ->
        [active] 🟢 Подписка активна
        [expired] 🔴 Подписка закончилась
        [suspended] ⛔️ Подписка приостановлена
        [held] 📢 Пробный на паузе: вышел из канала
        [frozen] ❄️ Заморожена
        [traffic_used_up] 🟠 Трафик закончился
       *[none] ⚪️ Подписка ещё не начата
    } · { $plan }
card-plan-trial = пробный период
card-ends =
    📅 До { $until } · { $days ->
        [0] срок вышел
        [one] остался { $days } день
        [few] осталось { $days } дня
       *[other] осталось { $days } дней
    }
card-usage = 📶 { $used } из { $limit } · 📱 отдельных ключей: { $devices } из { $deviceLimit }
card-preparing = ⏳ Оплачено, доступ ещё настраивается
card-no-payments = 💳 Оплат не было
card-payments =
    💳 { $count ->
        [one] { $count } оплата
        [few] { $count } оплаты
       *[other] { $count } оплат
    } на { $sum }
card-unpaid =
    ({ $count ->
        [one] и { $count } неоплаченный счёт
        [few] и { $count } неоплаченных счёта
       *[other] и { $count } неоплаченных счетов
    })
card-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } платёж ждёт решения администратора
        [few] { $count } платежа ждут решения администратора
       *[other] { $count } платежей ждут решения администратора
    }: деньги пришли не так, как ждали
card-trial-used = 🎁 Пробный период использован
card-invited = 🤝 По приглашению: { $name }
card-friends =
    👥 Приглашено друзей: { $count }
card-earlier =
    🗂 { $count ->
        [one] Раньше было { $count } обращение
        [few] Раньше было { $count } обращения
       *[other] Раньше было { $count } обращений
    }
card-hint =
    ✍️ <i>Пишите прямо сюда — клиент получит ответ от имени магазина. Сообщения, которые начинаются с «/», останутся здесь: это заметки.</i>
card-close = ✅ Закрыть
card-reopen = 🔓 Открыть снова
card-refresh = 🔄 Обновить

ticket-closed-agent = ✅ Обращение закрыто, клиенту сказали
ticket-already-closed = Обращение уже закрыто
ticket-reopened-agent = 🔓 Обращение снова открыто
ticket-already-open = Обращение уже открыто
ticket-refreshed = 🔄 Карточка обновлена
ticket-superseded = ↪️ У клиента уже открыто другое обращение — № { $number }. Это сообщение он не получил: ответьте, пожалуйста, там.
ticket-superseded-open = ↪️ Перейти к № { $number }

ticket-taken-up-customer = 🔓 Клиент написал снова — обращение № { $number } открыто.
ticket-taken-up-agent = 🔓 Обращение № { $number } снова открыто, клиент получит ваше сообщение.

ticket-closed-customer =
    ✅ Обращение № { $number } закрыто.

    Если что-то ещё — просто напишите сюда, в любое время.
ticket-reopened-customer = 🔓 Обращение № { $number } снова открыто. Мы на связи — пишите сюда.

ticket-only-in-topic = 👉 Эта команда действует в теме обращения: откройте её и повторите.

ticket-history = 🗂 <b>Раньше в этом обращении:</b>
ticket-history-line = { $mark } <b>{ $name }:</b> { $text }
