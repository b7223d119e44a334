promo-open = 🎟 Promo codes
promo-all = 🎟 All codes
promo-title =
    { $count ->
        [0] 🎟 No codes yet.
       *[other] 🎟 <b>Codes</b>
    }
promo-line = <code>{ $code }</code> — { $gift }, redeemed: { $uses }
promo-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
promo-newcomers = before the first purchase
promo-until = until { $at }, that day included
promo-balance = { $amount } to the balance
promo-percent = { $percent }%
promo-off = { $off } off the next purchase
promo-each =
    { $count ->
        [1] once per customer
        [one] { $count } time per customer
       *[other] { $count } times per customer
    }
promo-plans = for: { $titles }
promo-from = from { $at }
promo-any-uses = any number of customers
promo-uses =
    { $count ->
        [1] used once in all
        [one] used { $count } time in all
       *[other] used { $count } times in all
    }
promo-rule = never stacks with another discount: the best one applies; at least a tenth of the price is always paid
promo-confirm = 🎟 <b>Create the code { $code }?</b>
promo-confirm-many =
    🎟 <b>Create { $count ->
        [one] { $count } code
       *[other] { $count } codes
    }?</b> { $prefix }
promo-make = ✅ Make it
promo-batch = 📦 <b>{ $name }</b> — made { $at }
promo-batch-name = { $count } × { $prefix }
promo-batch-stopped =
    { $kind ->
        [stopped] ⏹ These codes are stopped. What they gave stays.
       *[unknown] 👌 These codes were stopped before.
    }
promo-file = 📄 { $name }
promo-file-text = 📄 The codes with their links and uses: opens in a spreadsheet.
promo-wrong =
    { $kind ->
        [no_gift] 🤔 The line doesn't say what the code gives: <code>20%</code>, <code>-300</code>, <code>7d</code> or <code>300</code>.
        [two_gifts] 🤔 A code gives one thing: a discount, days, or balance.
       *[word] 🤔 I don't understand “{ $word }” here, or it contradicts another word. Nothing has been made.
    }
promo-how =
    ➕ A new code in one line, in any order:
    <code>/newcode SPRING 20% 100 times until 2027-03-01 plan month</code>

    What it gives: <code>20%</code> or <code>-300</code> off the next purchase, <code>7d</code> — days, <code>300</code> — to the balance.
    The rest may be left out: the code itself, how often in all (<code>x100</code>), how often a customer may (<code>each 3</code>), <code>from</code> and <code>until</code> a day, <code>plan</code> and its names, <code>new</code> — only before the first purchase.

    Many codes at once: <code>/newcode SPRING 20% 200 codes</code>
promo-created = ✅ The code is <code>{ $code }</code>
promo-link =
    🔗 A link that redeems it:
    <code>{ $link }</code>
promo-stop-ask =
    ⏹ <b>Stop { $code }?</b>

    Nobody can enter it any more. What it gave stays. This cannot be undone, and its word cannot be used again.
promo-stop-yes = ⏹ Yes, stop it
promo-stop = ⏹ Stop { $code }
promo-stopped =
    { $kind ->
        [stopped] ⏹ { $code } is stopped. What it gave stays.
       *[unknown] 👌 { $code } was stopped before.
    }
promo-refused =
    { $kind ->
        [invalid_code] 🤔 A code has 3 to 32 Latin letters, digits and dashes; what many begin with, up to 23.
        [invalid_gift] 🤔 A code gives 1 to 90% off, 1 to 366 days, or a sum up to 100,000.
        [invalid_uses_each] 🤔 A customer may use a discount 1 to 1000 times; days and balance come once.
        [invalid_currency] 🤔 No subscription has a price in this currency, so nothing would be off.
        [invalid_plans] 🤔 Only a discount can be for some plans, and only for those that there are.
        [invalid_count] 🤔 1 to 5000 codes at once.
        [invalid_uses] 🤔 x1 to x1000000.
        [over_already] 🤔 This day has passed.
       *[taken] 🤔 There is or was such a code. Take another word.
    }
