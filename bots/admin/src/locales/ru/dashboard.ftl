dashboard-title = 📊 <b>Сводка</b> · { $at }
dashboard-customers = 👥 Клиентов: <b>{ $total }</b>{ $today ->
        [0] {""}
       *[other] {" "}(+{ $today } сегодня)
    }
dashboard-subscriptions = 🔑 Подписок: <b>{ $active }</b>, на пробном: { $trials }
dashboard-revenue =
    💰 <b>Выручка</b>
    Сегодня: <b>{ $today }</b> { $payments ->
        [0] {""}
        [one] ({ $payments } оплата)
        [few] ({ $payments } оплаты)
       *[other] ({ $payments } оплат)
    }
    За 7 дней: <b>{ $week }</b>
    За 30 дней: <b>{ $month }</b>
dashboard-servers = 🖥 <b>Серверы</b>
dashboard-no-servers = 🖥 Серверов пока нет — добавьте первый, чтобы выдавать ключи.
dashboard-server = { $icon } { $name } — { $accesses } из { $capacity }
dashboard-more-servers =
    { $count ->
        [one] …и ещё { $count } сервер
        [few] …и ещё { $count } сервера
       *[other] …и ещё { $count } серверов
    }
dashboard-undelivered =
    🔴 <b>{ $count ->
        [one] { $count } клиент оплатил и ждёт ключ
        [few] { $count } клиента оплатили и ждут ключ
       *[other] { $count } клиентов оплатили и ждут ключ
    }</b>, дольше всех — с { $since }
dashboard-room =
    { $people ->
        [0] 🔴 <b>Мест больше нет</b>: новый клиент не получит ключ
        [one] 🪑 Мест ещё для { $people } человека
       *[other] 🪑 Мест ещё для { $people } человек
    }
dashboard-waiting =
    ⏳ Ключей настраивается: { $accesses }
    📨 Ждут ключа после оплаты: { $notices }
    🎫 Открытых обращений: { $tickets }
