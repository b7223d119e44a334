dashboard-title = 📊 <b>Dashboard</b> · { $at }
dashboard-customers = 👥 Customers: <b>{ $total }</b>{ $today ->
        [0] {""}
       *[other] {" "}(+{ $today } today)
    }
dashboard-subscriptions = 🔑 Subscriptions: <b>{ $active }</b>, on trial: { $trials }
dashboard-sales =
    💰 <b>Sales</b>
    Today: <b>{ $today }</b> { $payments ->
        [0] {""}
        [one] ({ $payments } payment)
       *[other] ({ $payments } payments)
    }
    7 days: <b>{ $week }</b>
    30 days: <b>{ $month }</b>
dashboard-servers = 🖥 <b>Servers</b>
dashboard-no-servers = 🖥 No servers yet — add the first one to hand out keys.
dashboard-server = { $icon } { $name } — { $places }
dashboard-more-servers =
    { $count ->
        [one] …and { $count } more server
       *[other] …and { $count } more servers
    }
dashboard-undelivered =
    🔴 <b>{ $count ->
        [one] { $count } customer has paid and got nothing
       *[other] { $count } customers have paid and got nothing
    }</b>, the first has waited since { $since }
dashboard-cause-room = {"   "}• { $count } — no room: add a server or raise the capacity
dashboard-cause-server = {"   "}• { $count } — server { $server }: open it, the cause is there
dashboard-process-down =
    🔴 <b>{ $process ->
        [client] The bot for customers is down
        [support] The support bot is down
        [admin] The bot for staff is down
        [web] The site is down: subscription pages, and what providers send
       *[jobs] Background work is down: no keys are handed out
    }</b>. Last heard of: { $seen }. On the server: npm start
dashboard-room-full = 🔴 <b>There is no room left</b>: a new customer gets no key. Add a server or raise the capacity.
dashboard-room-no_server = 🔴 <b>No server is open</b>: a new customer gets no key. Add a server or open an old one.
dashboard-unreachable =
    🔕 { $count ->
        [one] { $count } of the staff hears nothing: they should open this bot and press /start
       *[other] { $count } of the staff hear nothing: they should open this bot and press /start
    }
dashboard-tickets =
    🎫 { $count ->
        [one] { $count } open ticket
       *[other] { $count } open tickets
    }, answered in the support group
dashboard-calm = ✅ Everything works and nobody is waiting.
dashboard-room =
    { $people ->
        [one] 🪑 Room for { $people } more person
       *[other] 🪑 Room for { $people } more people
    }
dashboard-waiting = ⏳ Keys being updated: { $accesses }
dashboard-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } payment waits for your decision
       *[other] { $count } payments wait for your decision
    }
