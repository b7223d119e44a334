settings-title = ⚙️ <b>Настройки магазина</b>
settings-trial =
    { $days ->
        [0] 🎁 Пробный период: не даём
        [one] 🎁 Пробный период: { $days } день
        [few] 🎁 Пробный период: { $days } дня
       *[other] 🎁 Пробный период: { $days } дней
    }
settings-trial-size = 📶 В нём: { $traffic } · устройств: { $devices }
settings-bonus =
    { $days ->
        [0] 🤝 За друга: ничего не даём
        [one] 🤝 За друга: +{ $days } день
        [few] 🤝 За друга: +{ $days } дня
       *[other] 🤝 За друга: +{ $days } дней
    }
settings-freeze =
    { $days ->
        [0] ❄️ Заморозка: выключена
        [one] ❄️ Заморозка: до { $days } дня, раз в году: { $times }
       *[other] ❄️ Заморозка: до { $days } дней, раз в году: { $times }
    }
settings-field-freezeDays = ❄️ Заморозка
settings-field-freezesPerYear = ❄️ Сколько раз
settings-ask-freezeDays = ❄️ <b>На сколько дней самое большее клиент может заморозить подписку?</b> Число до 365; 0 — нельзя. Пока подписка заморожена, VPN выключен, а время стоит. Кто уже заморозил, у того останется как было.
settings-ask-freezesPerYear = ❄️ <b>Сколько раз в год можно заморозить подписку?</b> Число до 12.
settings-invalid-freezes = 🤔 Нужно целое число от 0 до 12.
settings-grace =
    { $hours ->
        [0] ⏳ После конца подписки доступ закрывается сразу
        [one] ⏳ После конца подписки доступ работает ещё { $hours } час
        [few] ⏳ После конца подписки доступ работает ещё { $hours } часа
       *[other] ⏳ После конца подписки доступ работает ещё { $hours } часов
    }
settings-field-graceHours = ⏳ Отсрочка
settings-ask-graceHours = ⏳ <b>Сколько часов доступ работает после конца купленной подписки?</b> Число до 168; 0 — закрывать сразу. Это время в долг: оплаченная подписка продолжится с прежнего конца, а не с оплаты. Даётся не больше половины последнего срока. Пробных периодов не касается.
settings-invalid-hours = 🤔 Нужно целое число от 0 до 168.
settings-room =
    { $sells ->
        [yes] 🪑 Когда мест нет: продаём и предупреждаем, что ключ придёт позже
       *[no] 🪑 Когда мест нет: новым не продаём
    }
settings-name = 🏪 Название: <b>{ $name }</b>
settings-logo =
    { $has ->
        [yes] 🖼 Логотип: свой
       *[no] 🖼 Логотип: нет
    }
settings-logo-is =
    { $has ->
        [yes] свой
       *[no] нет
    }
settings-zone = 🕓 Время во всех сообщениях — { $zone }. Меняется на сервере, в файле .env: TIME_ZONE.
settings-changed =
    ✏️ <i>{ $by ->
        [owner] Последнее изменение: владелец
        [operator] Последнее изменение: на самом сервере
        [staff] Последнее изменение: { $name }
       *[gone] Последнее изменение: бывший сотрудник
    }, { $at }</i>
settings-field-trialDays = 🎁 Дни пробного
settings-field-referralBonusDays = 🤝 Дни за друга
settings-field-name = 🏪 Название
settings-field-logo = 🖼 Логотип
settings-methods = 💳 Способы оплаты
settings-trial-plan = 📶 Размер пробного
settings-room-close = 🪑 Не продавать, когда мест нет
settings-room-sell = 🪑 Продавать и без мест
settings-ask-trialDays = 🎁 <b>Сколько дней длится пробный период?</b> Число до 365; 0 — не давать. Кто уже взял, у того останется как было.
settings-ask-referralBonusDays = 🤝 <b>Сколько дней дарить за друга?</b> Число до 365; 0 — ничего.
settings-ask-name = 🏪 <b>Как называется магазин?</b> До 32 знаков. Клиенты увидят имя в боте, на странице подписки и в приложении.
settings-ask-logo = 🖼 <b>Пришлите логотип</b> — квадратную картинку PNG, JPEG или WebP, до 5 МБ. Он появится в QR-кодах и на странице подписки.
settings-drop-name = 🧹 Вернуть прежнее
settings-drop-logo = 🧹 Убрать логотип
settings-invalid-days = 🤔 Нужно целое число от 0 до 365.
settings-no-picture = 🤔 Здесь нет картинки, или она больше 5 МБ. Пришлите другую.
settings-refused =
    { $kind ->
        [invalid_name] 🤔 Нужно имя от 1 до 32 знаков.
        [logo_too_large] 🤔 Картинка слишком большая.
        [logo_too_small] 🤔 Картинка слишком мала: нужно хотя бы 64 на 64 точки.
        [logo_not_square] 🤔 Картинка не квадратная. Обрежьте её и пришлите снова.
       *[logo_unreadable] 🤔 Не получается прочитать картинку. Пришлите PNG, JPEG или WebP.
    }
settings-saved = ✅ Сохранено.
