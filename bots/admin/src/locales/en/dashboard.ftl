dashboard-title = 📊 <b>Dashboard</b> · { $at }
dashboard-customers = 👥 Customers: <b>{ $total }</b>{ $today ->
        [0] {""}
       *[other] {" "}(+{ $today } today)
    }
dashboard-subscriptions = 🔑 Subscriptions: <b>{ $active }</b>, on trial: { $trials }
dashboard-revenue =
    💰 <b>Revenue</b>
    Today: <b>{ $today }</b> { $payments ->
        [0] {""}
        [one] ({ $payments } payment)
       *[other] ({ $payments } payments)
    }
    7 days: <b>{ $week }</b>
    30 days: <b>{ $month }</b>
dashboard-servers = 🖥 <b>Servers</b>
dashboard-no-servers = 🖥 No servers yet — add the first one to hand out keys.
dashboard-server = { $icon } { $name } — { $accesses } of { $capacity }
dashboard-more-servers =
    { $count ->
        [one] …and { $count } more server
       *[other] …and { $count } more servers
    }
dashboard-undelivered =
    🔴 <b>{ $count ->
        [one] { $count } customer has paid and waits for a key
       *[other] { $count } customers have paid and wait for a key
    }</b>, the longest since { $since }
dashboard-room =
    { $people ->
        [0] 🔴 <b>There is no room left</b>: a new customer gets no key
        [one] 🪑 Room for { $people } more person
       *[other] 🪑 Room for { $people } more people
    }
dashboard-waiting =
    ⏳ Keys being set up: { $accesses }
    📨 Paid and waiting for a key: { $notices }
    🎫 Open tickets: { $tickets }
