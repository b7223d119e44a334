addons-open =
    { $kinds ->
        [devices] ➕ More devices
        [traffic] ➕ More traffic
       *[both] ➕ More devices or traffic
    }
addons-title = ➕ <b>What would you like to add?</b>
addons-about = It is added to the subscription you have now and works until { $until }. Your key and your link stay the same.
addons-none =
    ➕ <b>Nothing to add right now</b>

    Devices and traffic can be added while a subscription you bought is running.
addon-name =
    { $kind ->
        [devices] { $count ->
            [one] +{ $count } device
           *[other] +{ $count } devices
        }
       *[traffic] +{ $traffic }
    }
addon-button = { $what } — { $price }
addon-title = <b>{ $what } — { $price }</b>
addon-until =
    { $kind ->
        [devices] ⏳ The extra devices work until { $until }. After that you have as many as your plan gives.
       *[traffic] ⏳ You can use the extra traffic until { $until }. What is left by then is gone.
    }
addon-steps =
    1. Press Pay and pay on the page that opens.
    2. Come back: everything is switched on by itself, usually within a minute.
addon-rest = You pay { $rest }, the rest comes from your balance.
addon-description = { $shop }: { $what }
addon-already-paid = ✅ This is paid already — nothing more was charged.
addon-bought =
    ✅ <b>Paid from your balance</b>

    It works until { $until }. A message follows as soon as everything is switched on.
addon-paid =
    ✅ <b>{ $what } — paid, thank you!</b>

    It is switched on by itself, usually within a minute: see the message below.
addon-on-now =
    { $kind ->
        [devices] ➕ Of these, { $what } until { $until }
       *[traffic] ➕ Of this, { $what } until { $until }
    }
notification-addon-ready =
    ✅ <b>{ $what } — switched on</b>

    It works until { $until }. Your key and your link are the same: there is nothing to set up.
notification-addon-undelivered =
    💰 <b>Your balance: { $balance }</b>

    { $why ->
        [twice] { $what } was paid for twice. It is switched on once, and the second payment is on your balance.
        [short] The money is here, but it doesn't cover { $what } yet.
       *[over] Your payment for { $what } came when the time it was meant for was over, so we put the money on your balance. It pays for anything you choose.
    }
