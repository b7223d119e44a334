addons-open = ➕ Add-ons: devices, traffic
addons-title =
    { $count ->
        [0] ➕ <b>Add-ons</b>

            None yet. Customers can buy more devices or traffic on top of the subscription they have; it ends with the period that is running.
       *[other] ➕ <b>Add-ons</b>

            🟢 on sale · 🙈 hidden
    }
addon-new-devices = ➕ Devices
addon-new-traffic = ➕ Traffic
addon-name =
    { $kind ->
        [devices] { $count ->
            [one] +{ $count } device
           *[other] +{ $count } devices
        }
       *[traffic] +{ $traffic }
    }
addon-title = { $mark } <b>{ $what }</b>
addon-state =
    { $state ->
        [hidden] 🙈 Hidden: nobody can buy it
       *[on] 🟢 On sale
    }
addon-hint = It is offered to whoever has a running subscription that was paid for, and lasts until the end of the period that is running. Traffic is offered only where the plan has a limit. What was bought, and open invoices, stay as they are.
addon-new-title = <b>{ $what }</b>
addon-ask-amount =
    { $kind ->
        [devices] 📱 <b>How many more devices?</b> A whole number from 1 to 20.
       *[traffic] 📶 <b>How many more gigabytes?</b> A whole number from 1 to 10000.
    }
addon-ask-price = 💰 <b>What does it cost?</b> Such as 99 or 99.50: one payment, however much of the period is left.
addon-ask-prices = 💱 <b>What does it cost in other currencies?</b> Such as 1.20 EUR, 50 XTR; a dash (-) for none. Codes: RUB, USD, EUR, USDT, and XTR for Telegram Stars.
addon-problem-amount =
    { $kind ->
        [devices] 🤔 Please send a whole number, 1 to 20.
       *[traffic] 🤔 Please send a whole number of gigabytes, 1 to 10000.
    }
addon-created = 🎉 The add-on is there, hidden for now: press “Sell” and customers see it.
addon-result =
    { $kind ->
        [updated] ✅ Changed. Customers see it at once.
        [unchanged] 👌 Nothing to change: it was so already.
        [changed_meanwhile] 🤔 Somebody else has changed this. Below is how it is now.
        [unknown_addon] 🤷 There is no such add-on any more.
       *[invalid_addon] 🤔 That value cannot be used.
    }
