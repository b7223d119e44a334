servers-title =
    🖥 <b>Серверы</b>

    🟢 работает · 🟠 с перебоями · 🔴 не отвечает · 🚧 без новых клиентов · ⛔️ выключен
servers-none =
    🖥 <b>Серверы</b>

    Пока ни одного. Добавьте первый — и оплаченные ключи начнут выдаваться сами.
server-add = ➕ Добавить сервер
server-title = { $icon } <b>{ $name }</b>
server-place = { $flag } { $city } · <code>{ $host }</code>
server-state =
    { $state ->
        [active] ✅ Принимает клиентов
        [full] 🈵 Мест нет: новые клиенты сюда не попадут
        [draining] 🚧 Обслуживает прежних, новых не берёт
        [down] 🔴 Не отвечает — проверяем каждую минуту
       *[disabled] ⛔️ Выключен, доступ на нём отключён
    }
server-places = { $accesses } из { $capacity }
server-load = 👥 Доступов: { $places }
server-behind = ⏳ Настраивается: { $count }
endpoint-title = { $icon } <b>{ $driver }</b>{ $version } · { $protocol }
endpoint-figures = В сети: { $online } · процессор { $cpu } · память { $memory }
endpoint-probed = Проверен: { $at }
server-open = ✅ Снова брать новых
server-enable = ✅ Включить
server-drain = 🚧 Не брать новых
server-disable = ⛔️ Выключить
server-disable-confirm =
    ⛔️ Выключить <b>{ $name }</b>?

    { $count ->
        [0] На нём никого нет.
        [one] На нём { $count } доступ — он отключится.
        [few] На нём { $count } доступа — они отключатся.
       *[other] На нём { $count } доступов — они отключатся.
    } Включить обратно можно в любой момент.
server-disable-yes = ⛔️ Да, выключить
server-change =
    { $kind ->
        [changed] { $state ->
            [active] ✅ Сервер принимает клиентов.
            [draining] 🚧 Новых клиентов сервер больше не берёт.
           *[disabled] ⛔️ Сервер выключен, доступ отключается.
        }
        [not_possible] 👌 Сейчас так не получится: посмотрите на состояние ниже.
       *[unknown_server] 🤷 Такого сервера нет.
    }
