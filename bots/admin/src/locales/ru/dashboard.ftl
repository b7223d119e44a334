dashboard-title = 📊 <b>Сводка</b> · { $at }
dashboard-customers = 👥 Клиентов: <b>{ $total }</b>{ $today ->
        [0] {""}
       *[other] {" "}(+{ $today } сегодня)
    }
dashboard-subscriptions = 🔑 Подписок: <b>{ $active }</b>, на пробном: { $trials }
dashboard-sales =
    💰 <b>Продажи</b>
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
dashboard-server = { $icon } { $name } — { $places }
dashboard-more-servers =
    { $count ->
        [one] …и ещё { $count } сервер
        [few] …и ещё { $count } сервера
       *[other] …и ещё { $count } серверов
    }
dashboard-undelivered =
    🔴 <b>{ $count ->
        [one] { $count } клиент оплатил и ничего не получил
        [few] { $count } клиента оплатили и ничего не получили
       *[other] { $count } клиентов оплатили и ничего не получили
    }</b>, дольше всех ждут с { $since }
dashboard-cause-room = {"   "}• { $count } — нет мест: добавьте сервер или поднимите вместимость
dashboard-cause-server = {"   "}• { $count } — сервер { $server }: откройте его, там причина
dashboard-process-down =
    🔴 <b>{ $process ->
        [client] Не работает бот для клиентов
        [support] Не работает бот поддержки
        [admin] Не работает бот для сотрудников
        [web] Не работает сайт: страницы подписки и сообщения касс
       *[jobs] Не работают фоновые задачи: ключи не выдаются
    }</b>. Последний раз отзывался: { $seen }. На сервере: npm start
dashboard-room-full = 🔴 <b>Мест больше нет</b>: новый клиент не получит ключ. Добавьте сервер или поднимите вместимость.
dashboard-room-no_server = 🔴 <b>Нет ни одного открытого сервера</b>: новый клиент не получит ключ. Добавьте сервер или откройте прежний.
dashboard-unreachable =
    🔕 { $count ->
        [one] { $count } сотрудник ничего не слышит: пусть откроет этот бот и нажмёт /start
        [few] { $count } сотрудника ничего не слышат: пусть откроют этот бот и нажмут /start
       *[other] { $count } сотрудников ничего не слышат: пусть откроют этот бот и нажмут /start
    }
dashboard-tickets =
    🎫 { $count ->
        [one] { $count } открытое обращение
        [few] { $count } открытых обращения
       *[other] { $count } открытых обращений
    } — отвечают в группе поддержки
dashboard-calm = ✅ Всё работает, никто ничего не ждёт.
dashboard-room =
    { $people ->
        [one] 🪑 Мест ещё для { $people } человека
       *[other] 🪑 Мест ещё для { $people } человек
    }
dashboard-waiting = ⏳ Ключей обновляется: { $accesses }
dashboard-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } платёж ждёт вашего решения
        [few] { $count } платежа ждут вашего решения
       *[other] { $count } платежей ждут вашего решения
    }
