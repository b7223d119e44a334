devices-title = 📱 <b>Устройства</b>
devices-intro = Здесь отдельные ключи WireGuard: свой файл для каждого устройства. Удобно для роутера или запасного подключения.
devices-count = Занято: { $count } из { $limit }
devices-full = Место для новых закончилось: удалите ненужное устройство или выберите подписку побольше.
devices-line = { $name } · { $place }
devices-add = ➕ Добавить устройство
devices-only-key =
    { $limit ->
        [one] Ваш ключ работает на { $limit } устройстве.
       *[other] Ваш ключ работает на { $limit } устройствах: добавьте его в приложение на каждом.
    }
devices-no-subscription = Устройства можно добавить, когда есть действующая подписка.

device-place =
    📍 <b>Где подключаемся?</b>

    Чем ближе сервер, тем быстрее.
device-name =
    ✏️ <b>Как назовём устройство?</b>

    Выберите или напишите своё название.
preset-iphone = iPhone
preset-android = Android
preset-windows = Windows
preset-mac = Mac
preset-router = Роутер
device-limit =
    { $limit ->
        [one] 📱 <b>На вашей подписке { $limit } устройство, и оно уже есть</b>
       *[other] 📱 <b>На вашей подписке до { $limit } устройств, и все места заняты</b>
    }

    Удалите ненужное — или выберите подписку побольше.
device-no-room =
    📍 <b>Этот сервер сейчас не принимает новых</b>

    Попробуйте другой или загляните чуть позже.
device-gone = 🤔 Этого устройства уже нет.

device-title = 📱 <b>{ $name }</b>
device-where = 📍 { $place } · { $protocol }
device-seen = 🕓 Последнее подключение: { $at }
device-never-seen = 🕓 Ещё не подключалось
device-traffic = 📶 Трафик: { $used }
device-fetch = 📄 Получить файл и QR-код
device-rename = ✏️ Переименовать
device-revoke = 🗑 Удалить
device-open = 📱 К устройству
device-new-name =
    ✏️ <b>Новое название для «{ $name }»</b>

    Напишите его сообщением, до 32 символов.
device-revoke-sure =
    🗑 <b>Удалить «{ $name }»?</b>

    Его ключ сразу перестанет работать. Остальные устройства это не затронет.
device-revoke-yes = 🗑 Да, удалить
device-revoke-no = Оставить
device-revoked = ✅ Устройство удалено, его ключ больше не работает.

device-file = 📄 Файл настроек для «{ $name }»
device-how-wireguard =
    📱 <b>{ $name }</b>

    <b>Телефон:</b> приложение WireGuard → «+» → «Сканировать QR-код».
    <b>Компьютер или роутер:</b> приложение WireGuard → «Импорт из файла» → файл из сообщения выше.

    Один файл — одно устройство: на двух сразу он работать не будет.
device-how-openvpn =
    📱 <b>{ $name }</b>

    Откройте файл из сообщения выше в приложении OpenVPN Connect.
device-how-ikev2 =
    📱 <b>{ $name }</b>

    Откройте файл из сообщения выше и подтвердите установку профиля.
device-how-vless =
    📱 <b>{ $name }</b>

    Отсканируйте QR-код в приложении или скопируйте ключ.
device-link =
    Ключ (нажмите, чтобы скопировать):
    { $link }
device-waiting =
    ⏳ <b>Готовим файл для «{ $name }»</b>

    Обычно это несколько секунд. Нажмите «Обновить» чуть позже.
