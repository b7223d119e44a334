plans-title =
    { $count ->
        [0] 🏷 <b>Plans</b>

            None yet: there is nothing to sell.
       *[other] 🏷 <b>Plans</b>

            🟢 on sale · ⭐️ marked · 🎁 trial · 🙈 hidden
    }
plan-new = ➕ New plan
plan-title = { $mark } <b>{ $title }</b>
plan-title-in = 🌐 { $language }: { $title }
plan-is-trial = 🎁 The trial. Its days are in the settings.
plan-free = 💰 Free
plan-price = 💰 { $price }
plan-prices = 💱 { $prices }
plan-days =
    📅 { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
plan-limits =
    📱 { $devices ->
        [one] { $devices } device
       *[other] { $devices } devices
    } · 📶 { $traffic }
plan-unlimited = no limit
plan-unlimited-button = ♾ No limit
plan-position = ↕️ Place in the list: { $position }
plan-state =
    { $state ->
        [hidden] 🙈 Hidden: nobody can buy it
        [popular] ⭐️ On sale, marked as popular
       *[on] 🟢 On sale
    }
plan-hint = Changes are for new purchases. What was bought, and open invoices, stay as they are.
plan-field-title = ✏️ Name · { $language }
plan-field-price = 💰 Price
plan-field-prices = 💱 Other currencies
plan-field-days = 📅 Days
plan-field-devices = 📱 Devices
plan-field-traffic = 📶 Traffic
plan-field-position = ↕️ Place
plan-hide = 🙈 Hide
plan-sell = 🟢 Sell
plan-mark = ⭐️ Mark
plan-unmark = Unmark
plan-new-title = ➕ <b>New plan</b>
plan-ask-title = ✏️ <b>What is it called in { $language }?</b> Up to 40 characters, such as “1 month”.
plan-ask-price = 💰 <b>What does it cost?</b> Such as 299 or 299.50.
plan-ask-trial-price = 💰 <b>What does the trial cost?</b> Such as 10 or 9.50; 0: it is free. Whoever has tried or paid before cannot buy it.
plan-ask-prices = 💱 <b>What does it cost in other currencies?</b> Such as 4.90 EUR, 150 XTR; a dash (-) for none. Codes: RUB, USD, EUR, USDT, and XTR for Telegram Stars. Methods that don't take the plan's own currency ask for one of these.
plan-ask-days = 📅 <b>For how many days?</b> A whole number up to 3650.
plan-ask-devices = 📱 <b>How many devices at once?</b> From 1 to 100.
plan-ask-traffic = 📶 <b>How many gigabytes for the whole time?</b> A whole number.
plan-ask-position = ↕️ <b>Which place in the list?</b> From 0 to 1000: lower numbers come first.
plan-problem-not_a_number = 🤔 This does not look like a price.
plan-problem-too_many_decimals = 🤔 More digits after the point than the currency has: roubles, dollars and euros have two, Stars none. Thousands go without a sign: 1299, not 1,299.
plan-problem-zero = 🤔 Nothing is sold for free: that is what the trial and given days are for.
plan-problem-negative = 🤔 A price is never below zero.
plan-problem-too_large = 🤔 Too expensive: more than ten million. Are there too many digits?
plan-problem-price = 🤔 That price cannot be used.
plan-problem-prices = 🤔 Please send each price with its currency's code, each currency once and without the plan's own: 4.90 EUR, 150 XTR.
plan-problem-title = 🤔 A name has 1 to 40 characters.
plan-problem-days = 🤔 Please send a whole number of days, 1 to 3650.
plan-problem-devices = 🤔 Please send a whole number, 1 to 100.
plan-problem-traffic = 🤔 Please send a whole number of gigabytes, at least one.
plan-problem-position = 🤔 Please send a whole number, 0 to 1000.
plan-changed-meanwhile = 🤔 Somebody else has changed this in the meantime. Below is how it is now. Send yours if you still want it.
plan-result =
    { $kind ->
        [updated] ✅ Changed. Customers see it at once.
        [unchanged] 👌 Nothing to change: it was so already.
        [changed_meanwhile] 🤔 Somebody else has changed this. Below is how it is now.
        [unknown_plan] 🤷 There is no such plan any more.
       *[invalid_plan] 🤔 That value cannot be used.
    }
plan-confirm =
    ✅ <b>Is it right?</b>

    🏷 { $titles }
    💰 { $price }
    📅 { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
    📱 { $devices } · 📶 { $traffic }

    It is hidden at first; put it on sale when you like.
plan-create = 💾 Create
plan-created = 🎉 The plan is there, hidden for now: press “Sell” and customers see it.
