wizard-driver =
    ➕ <b>Новый сервер</b>

    Что на нём стоит?
wizard-step-url =
    🔗 <b>Адрес панели</b>

    Вместе с портом и секретным путём, например
    <code>https://panel.example.com:2053/secret/</code>
wizard-step-auth =
    🔑 <b>Как входим?</b>

    { $driver } · <code>{ $host }</code>
wizard-step-username = 👤 Логин от панели?
wizard-step-password = 🔒 Пароль от панели?
wizard-step-token =
    🔒 <b>API-токен</b>

    Создаётся в настройках панели (версия 3.0 и новее).
wizard-step-ssh-host =
    🖥 <b>Адрес сервера</b>

    IP или имя, по которому отвечает SSH.
wizard-step-ssh-port = 🚪 Порт SSH?
wizard-step-ssh-user =
    👤 <b>Под кем входим?</b>

    Не root — тогда нужен sudo без пароля.
wizard-step-ssh-key =
    🔒 <b>Закрытый ключ SSH</b>

    Текстом или файлом, без парольной фразы.
wizard-step-ssh-password = 🔒 Пароль для входа по SSH?
wizard-step-fingerprint =
    🛡 <b>Сверьте отпечаток ключа сервера</b>

    { $host } · { $keyType }
    <code>{ $fingerprint }</code>

    На самом сервере его показывает
    <code>ssh-keygen -lf /etc/ssh/ssh_host_{ $keyFile }_key.pub</code>

    Пока вы не подтвердите, ни пароль, ни ключ никуда не уйдут.
wizard-step-interface = 🔌 Какой интерфейс WireGuard использовать?
wizard-step-inbounds =
    { $choices ->
        [0]
            🤷 На панели нет входящих подключений VLESS. Создайте хотя бы одно и начните заново.
       *[other]
            🔌 <b>Какие подключения продаём?</b>

            Панель { $panel }. Отметьте одно или несколько.
    }
wizard-step-endpoint-host =
    🌍 <b>Адрес для клиентов</b>

    { $interface }
    Куда будут подключаться приложения? Обычно это тот же адрес.
wizard-step-name =
    🏷 <b>Название</b>

    Короткое, только для вас: <code>ams-1</code>
wizard-step-location =
    🌍 <b>Страна и город</b>

    Две буквы страны и город, как увидит клиент:
    <code>NL Амстердам</code>
wizard-step-capacity = 👥 Сколько доступов он выдержит? Выберите или пришлите число.
wizard-step-confirm =
    ✅ <b>Всё верно?</b>

    🏷 { $name }
    { $flag } { $city }
    🖥 <code>{ $host }</code> · { $driver }{ $chosen }
    👥 до { $capacity } доступов

    Перед сохранением проверим подключение.
wizard-step-failed = 😔 В прошлый раз не получилось. Что делаем?
wizard-secret-note = 🧹 Прочитаем и сразу удалим сообщение из чата.
wizard-not-deleted = ⚠️ Удалить ваше сообщение с секретом не вышло — удалите его сами.
wizard-not-understood = 🤔 Не похоже на ответ. Попробуйте ещё раз.
wizard-name-taken = 🤔 Сервер с таким названием уже есть. Придумайте другое.
wizard-asking = ⏳ Подключаемся…
wizard-failed =
    { $kind ->
        [unreachable] 🔌 <b>{ $host } не отвечает</b>
        [refused] ⛔️ <b>{ $host } отказывает</b>
       *[other] ⛔️ <b>Такой сервер добавить нельзя</b>
    }

    <i>{ $reason }</i>

    Ничего не сохранено.
wizard-added =
    🎉 <b>{ $name }</b> работает!

    { $driver ->
        [xui] Клиенты с действующей подпиской получат на нём доступ сами.
       *[other] Клиенты уже могут добавлять на нём свои устройства.
    }
wizard-added-degraded =
    🟠 <b>{ $name }</b> добавлен, но с ним не всё в порядке:

    <i>{ $reason }</i>
wizard-lost = 🧹 Мастер забыл, что было введено: прошло много времени или бот перезапускался. Секреты нигде не остались — начните заново.
wizard-forgotten = 🧹 Всё введённое забыто
wizard-do-cancel = ✖️ Отмена
wizard-do-password = 🔑 Пароль
wizard-do-token = 🎫 API-токен
wizard-do-key = 🗝 Ключ SSH
wizard-do-trust = ✅ Отпечаток совпадает
wizard-do-picked = ✅ Готово
wizard-do-again = 🔁 Попробовать ещё раз
wizard-do-access = 🔑 Ввести доступ заново
wizard-do-anew = ⏮ Начать сначала
wizard-do-save = 💾 Проверить и сохранить
