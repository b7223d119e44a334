server-edit-open = ✏️ Изменить
server-edit =
    ✏️ <b>{ $name }</b>

    { $flag } { $city }
    🖥 <code>{ $host }</code>
    👥 до { $capacity } доступов
    ↕️ Место в списке: { $position }

    Что меняем?
server-field-name = 🏷 Название
server-field-city = 🌍 Город
server-field-capacity = 👥 Вместимость
server-field-host = 🖥 Адрес
server-field-position = ↕️ Место в списке
server-ask-name = 🏷 <b>Новое название?</b> Его видите только вы.
server-ask-city =
    🌍 <b>Где он стоит?</b>

    Выберите город или пришлите свой. Незнакомый — с двумя буквами страны:
    <code>NL Амстердам</code>

    У клиентов название обновится само, ключи останутся прежними.
server-ask-capacity = 👥 <b>Сколько доступов он выдержит?</b> Пришлите число. Уже выданные останутся, даже если их больше.
server-ask-host = 🖥 <b>Адрес сервера?</b> Это пометка для вас: как подключаться к нему, задаётся во входах.
server-ask-position = ↕️ <b>Место в списке?</b> Число от 0: меньшие — выше, и у клиентов тоже.
field-now = Сейчас: <code>{ $value }</code>
field-hidden = задан, не показываем
server-saved =
    { $kind ->
        [unchanged] 👌 Всё так и было.
       *[updated] { $field ->
            [name] ✅ Название изменено.
            [city] ✅ Город изменён. У клиентов он обновится сам.
            [capacity] ✅ Вместимость изменена.
            [host] ✅ Адрес изменён.
           *[position] ✅ Место в списке изменено.
        }
    }
server-delete = 🗑 Удалить
server-deleting =
    🗑 Удалить <b>{ $name }</b>?

    { $kind ->
        [empty] На нём никого нет. Вместе с ним уйдут его входы и статистика.
        [cut_off] Он выключен, { $accesses ->
            [one] { $accesses } доступ на нём отключён
            [few] { $accesses } доступа на нём отключены
           *[other] { $accesses } доступов на нём отключены
        } — они уйдут вместе с ним. Устройства получат новый файл на другом сервере, если там есть место.
        [behind] Он выключен, но { $behind ->
            [one] { $behind } доступ на нём
            [few] { $behind } доступа на нём
           *[other] { $behind } доступов на нём
        } отключить не удалось: сервер не отвечает. Если он жив, они так и будут работать. Удаляйте, только если сервера больше нет.
       *[in_use] Им пользуются: { $accesses ->
            [one] { $accesses } доступ
            [few] { $accesses } доступа
           *[other] { $accesses } доступов
        }. Сначала перестаньте брать новых или выключите его — тогда можно будет удалить.
    }
server-delete-yes = 🗑 Да, удалить
server-deleted = 🗑 Сервер удалён.
way-open = 🔌 { $driver } · { $protocol }
way-add = ➕ Ещё один вход
way-title = 🔌 <b>{ $server }</b> · { $driver } · { $protocol }
way-line = { $label }: <code>{ $value }</code>
way-pinned = 🛡 Сертификат подтверждён: <code>{ $fingerprint }</code>
way-label-url = 🔗 Адрес панели
way-label-login = 👤 Логин
way-label-token = 🎫 Токен
way-label-two-factor = 🔐 Ключ одноразовых кодов
way-label-public-host = 🌍 Адрес для клиентов
way-label-ssh-host = 🖥 Адрес SSH
way-label-ssh-port = 🚪 Порт SSH
way-label-ssh-user = 👤 Пользователь SSH
way-label-ssh-key = 🗝 Ключ SSH
way-label-ssh-password = 🔒 Пароль SSH
way-label-endpoint-host = 🌍 Адрес для клиентов
way-field-url = 🔗 Адрес панели
way-field-login = 👤 Логин и пароль
way-field-token = 🎫 Токен
way-field-two-factor = 🔐 Одноразовые коды
way-field-public-host = 🌍 Адрес для клиентов
way-field-ssh-host = 🖥 Адрес SSH
way-field-ssh-port = 🚪 Порт SSH
way-field-ssh-user = 👤 Пользователь
way-field-ssh-key = 🗝 Ключ SSH
way-field-ssh-password = 🔒 Пароль SSH
way-field-endpoint-host = 🌍 Адрес для клиентов
way-inbounds = 🎚 Что продаём: { $count }
way-ask-url =
    🔗 <b>Новый адрес панели?</b>

    С портом и секретным путём. Подключимся, и только потом сохраним.
way-ask-login = 👤 <b>Логин от панели?</b> Следом спросим пароль.
way-ask-password = 🔒 <b>Пароль от панели?</b>
way-ask-token = 🎫 <b>API-токен панели?</b> Он заменит пароль.
way-ask-two-factor =
    🔐 <b>Ключ одноразовых кодов?</b>

    Тот, что панель показала при включении второго шага: буквы A–Z и цифры 2–7.
way-ask-public-host =
    🌍 <b>Адрес для клиентов?</b>

    Имя или IP, по которому сервер виден из интернета. Ключи у клиентов обновятся сами.
way-ask-ssh-host = 🖥 <b>По какому адресу отвечает SSH?</b>
way-ask-ssh-port = 🚪 <b>Порт SSH?</b>
way-ask-ssh-user = 👤 <b>Под кем входим?</b> Не root — тогда нужен sudo без пароля.
way-ask-ssh-key = 🗝 <b>Закрытый ключ SSH?</b> Текстом или файлом, без парольной фразы. Он заменит пароль.
way-ask-ssh-password = 🔒 <b>Пароль для входа по SSH?</b> Он заменит ключ.
way-ask-endpoint-host = 🌍 <b>Куда подключаются приложения клиентов?</b> Файлы у клиентов нужно будет скачать заново.
way-empty = 🧹 Убрать
way-test = 🔄 Проверить сейчас
way-save = 💾 Проверить и сохранить
way-saved =
    { $kind ->
        [up] ✅ Проверено и сохранено, всё работает.
        [degraded] 🟠 Сохранено, но работает не всё: подробности на карточке сервера.
       *[changed_meanwhile] 🤔 Пока вы думали, это изменил кто-то ещё. Посмотрите и повторите.
    }
way-not-saved = ⛔️ <b>Не сохранено</b>
way-same-panel = Это уже сервер <b>{ $name }</b>: та же панель или его копия.
way-fingerprint =
    <code>{ $fingerprint }</code>

    В браузере он виден в сведениях о сертификате (SHA-256).
way-ask-inbounds =
    { $choices ->
        [0] 🤷 На панели нет ни одного входящего подключения VLESS. Создайте его там и зайдите сюда снова.
       *[other]
            🎚 <b>Что продаём?</b>

            Отметьте подключения. Ключи у клиентов обновятся сами.
    }
way-missing =
    { $count ->
        [1] ⚠️ Подключения № { $ids } на панели больше нет, после сохранения его не будет и у нас.
       *[other] ⚠️ Подключений № { $ids } на панели больше нет, после сохранения их не будет и у нас.
    }
way-forgotten = 🧹 Прошло много времени или бот перезапускался, и введённое забыто. Начните с карточки входа.
