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
    ⏳ <b>Ключ не выдаётся уже { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[other] { $minutes } минут
    }</b>

    👤 { $name }
    <i>{ $reason }</i>

    Пробуем дальше сами, клиента предупредили.
notice-server-down =
    🔴 <b>{ $server } не отвечает</b>

    <i>{ $reason }</i>

    Новые ключи на него не выдаются, остальное подождёт его возвращения.
notice-server-up = 🟢 <b>{ $server }</b> снова отвечает.
notice-backup-failed =
    💾 <b>Резервная копия не получилась</b>

    <i>{ $reason }</i>
