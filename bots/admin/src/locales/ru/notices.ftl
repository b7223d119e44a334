notice-sale =
    💰 <b>Продажа: { $amount }</b>

    🏷 { $title }
    👤 { $name } · { $provider }
notice-mismatch =
    ⚠️ <b>Сумма не сошлась</b>

    👤 { $name } · { $title }
    Ждали { $amount }, пришло { $received } ({ $provider }).
    Ничего не выдано — решите с клиентом вручную.
notice-access-stuck =
    ⏳ <b>{ $count ->
        [one] { $count } клиент оплатил и ждёт ключ
        [few] { $count } клиента оплатили и ждут ключ
       *[other] { $count } клиентов оплатили и ждут ключ
    }</b>

    Дольше всех — { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[other] { $minutes } минут
    }.
    🖥 { $server }: <i>{ $reason }</i>

    Пробуем дальше сами, клиентов предупредили.
notice-server-down =
    🔴 <b>{ $server } не отвечает</b>

    <i>{ $reason }</i>

    Новые ключи на него не выдаются, остальное подождёт его возвращения.
notice-server-up = 🟢 <b>{ $server }</b> снова отвечает.
notice-backup-failed =
    💾 <b>Резервная копия не получилась</b>

    <i>{ $reason }</i>
notice-sales =
    💰 <b>{ $count ->
        [one] { $count } продажа
        [few] { $count } продажи
       *[other] { $count } продаж
    } · { $total }</b>

    С { $since } их так много, что считаем здесь, в одном сообщении.
notice-repeated = 🔁 Уже { $count ->
        [one] { $count } раз
        [few] { $count } раза
       *[other] { $count } раз
    } с { $since }.
notice-many = 🔁 Таких сообщений с { $since }: { $count }. Здесь — последнее.
notice-over = ✅ Закончилось: { $at }.
notice-refused =
    ✉️ <b>{ $to ->
        [customers] Клиенты не получают уведомление
       *[staff] Сотрудники не получают уведомление
    }</b>

    Telegram отказывается принять «{ $what }»:
    <i>{ $reason }</i>

    Пока текст не исправлен, такие уведомления не доходят. Напоминаем об этом раз в день.
notice-untold =
    📭 <b>{ $count ->
        [one] { $count } клиент больше часа не получает уведомление
        [few] { $count } клиента больше часа не получают уведомления
       *[other] { $count } клиентов больше часа не получают уведомления
    }</b>

    Самое старое ждёт с { $since }. Бот для клиентов остановлен или не может отправлять; когда вернётся, отправит всё сам.
