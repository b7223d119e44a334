plans-title =
    🛒 <b>For how long?</b>
plans-title-after-trial =
    🛒 <b>For how long?</b>

    You keep the days left of your trial: the new time is added to them.
plans-title-renew =
    🛒 <b>Renew for how long?</b>

    You keep the days that are left: the new time is added to them.
plans-none =
    🛒 <b>Nothing is on sale right now</b>

    Please check back a little later.
plans-line = <b>{ $title }</b> — { $price }
plans-line-off = <b>{ $title }</b> — <s>{ $list }</s> <b>{ $price }</b>
plans-popular = 🔥 most popular
plans-saving = save { $percent }%
plans-unlimited = unlimited
plans-limits =
    { $devices ->
        [one] 📱 { $devices } device
       *[other] 📱 up to { $devices } devices
    } · 📶 traffic: { $traffic }
plans-button = { $title } — { $price }
plans-take = 🛒 { $title } — { $price }
plans-renew = 🔄 Renew: { $title } — { $price }
plans-all = 🛒 All subscriptions

pay-methods = 💳 <b>{ $title } — { $price }</b>
pay-methods-off = 💳 <b>{ $title } — <s>{ $list }</s> { $price }</b>
discount-cause =
    { $cause ->
        [promo] 🎟 Code { $code }
        [personal] 💙 Your personal discount
        [group] 💙 The discount of your group
        [happy_hours] ⏰ Happy hours
       *[win_back] 🎁 A discount for coming back
    }
discount-until = until { $until }
discount-last-day = until { $day }, that day included
discount-not-used =
    { $why ->
        [other_plans] 🎟 Code { $code } is for other subscriptions.
        [weaker] 🎟 Code { $code } is kept for later: this price is better.
        [not_yet] ⏳ Code { $code } doesn't work yet.
        [over] ⌛️ Code { $code } has expired.
        [used_up] 😔 Code { $code } has been used up: others were quicker.
        [newcomers_only] 🎟 Code { $code } is for those who buy for the first time.
       *[already_used] 👌 You have used code { $code } already.
    }
price-changed =
    🔄 <b>The price has changed</b>

    Nothing has been charged. Have a look at what it costs now.
code-in-invoice =
    🎟 <b>Your code is in another invoice</b>

    It is open until { $until } and may still be paid. Pay that one, come back after that, or buy without the code.
code-in-old-invoice =
    🎟 <b>Your code is in another invoice</b>

    Its time is over, and the payment system hasn't told us yet that nobody paid. Come back a little later, or buy without the code.
price-again = 🔄 Show the price
price-without-code = ✖️ Without the code
pay-how = How would you like to pay?
pay-percent = { $name } ({ $percent }%)
pay-method = { $label } · { $price }
pay-once = { $name }, once
pay-method-again = { $label } · { $price }
pay-none =
    😕 <b>Payment is out of order for now</b>

    You haven't been charged. We are on it: please come back a little later, or write to support.
pay-retry = 🔄 Try again
pay-down-choose =
    😕 <b>This payment method isn't responding</b>
    { $method }

    You haven't been charged. Choose another one, or try again in a minute.
pay-down =
    😕 <b>This payment method isn't responding</b>
    { $method }

    You haven't been charged. Please try again in a couple of minutes.
pay-refused-choose =
    😕 <b>This payment method doesn't work right now</b>
    { $method }

    You haven't been charged, and we are already looking into it. Please choose another one.
pay-refused =
    😕 <b>This payment method doesn't work right now</b>
    { $method }

    You haven't been charged, and we are already looking into it. Please come back a little later or write to support.
already-paid = ✅ This order is paid already — nothing more was charged. Here is your key.
buy-more = 🛒 Buy more time
plan-gone = 🛒 This subscription is no longer on sale. Here is what we have now.
provider-gone = 💳 This payment method no longer works. Please choose another.

provider-balance = 💰 Balance
provider-yookassa = 💳 Bank card, SBP, YooMoney
provider-yookassa-sbp = 🏦 SBP (bank app)
provider-yookassa-bank_card = 💳 Bank card
provider-yookassa-yoo_money = 👛 YooMoney
provider-cryptobot = 🪙 Crypto (CryptoBot)
provider-wata = 💳 Bank card or SBP (Wata)
provider-coingate = 🪙 Crypto (CoinGate)
provider-heleket = 🪙 Crypto (Heleket)
provider-stars = ⭐ Telegram Stars
provider-stars-monthly = 🔁 Telegram Stars, every 30 days
provider-test = 🧪 Test payment

invoice =
    🧾 <b>{ $title } — { $price }</b>
    { $method }
invoice-off =
    🧾 <b>{ $title } — <s>{ $list }</s> { $price }</b>
    { $method }
invoice-again =
    🔁 Telegram charges { $price } now and then every { $days ->
        [one] { $days } day
       *[other] { $days } days
    } until you cancel. Cancel here, under Auto-renewal, or in Telegram settings.
invoice-steps =
    1. Press Pay and pay on the page that opens.
    2. Come back: your key arrives by itself, usually within a minute.
invoice-steps-renew =
    1. Press Pay and pay on the page that opens.
    2. Come back: your subscription is extended by itself, usually within a minute. Your key stays the same.
invoice-steps-no-room =
    1. Press Pay and pay on the page that opens.
    2. Your key comes here by itself as soon as there is a place.
invoice-coins = 🪙 about { $about } { $coin } at the rate of this moment
invoice-coins-which = Coins: { $coins }
invoice-card =
    { $state ->
        [saves] ☑️ Saved for auto-renewal — undo
       *[offered]
            { $way ->
                [sbp] ⬜️ Save the account for auto-renewal
                [yoo_money] ⬜️ Save the wallet for auto-renewal
               *[card] ⬜️ Save the card for auto-renewal
            }
    }
invoice-card-saves =
    🔁 { $way ->
        [sbp] YooKassa keeps the account; we never see it.
        [yoo_money] YooKassa keeps the wallet; we never see it.
       *[card] YooKassa keeps the card; we never see its number.
    } Your subscription renews itself: 12 hours before the end we charge { $price }. 3 days and 1 day before, we tell you how much and when; we never take more than we said. You can turn auto-renewal off, and remove what is saved, at any time with one tap.
invoice-card-refused = ℹ️ Nothing can be saved for auto-renewal right now. Pay as usual: we keep nothing.
invoice-until = <i>The invoice is open until { $until }.</i>
invoice-pay = 💳 Pay { $price }
invoice-check = ✅ Check payment
invoice-other = 💱 Another way to pay
invoice-paid = ✅ <b>{ $title } — paid</b>
invoice-not-needed = ✅ <b>{ $title } — paid another way</b>. Please don't pay this invoice: it isn't needed any more.
invoice-mismatch = ⚠️ <b>{ $title } — the amount differs from the invoice</b>. We are looking into it: see the message below.
invoice-description = { $shop }, subscription: { $title }

check-pending = ⏳ The payment hasn't arrived yet. If you have paid, wait a minute and press again — your money is safe.
check-unavailable = 😕 The payment system isn't responding. We keep checking and will write to you as soon as the payment arrives.
check-paid =
    ✅ <b>Paid, thank you!</b>

    🔑 Your subscription is being switched on. A message follows as soon as everything is ready.
check-delivered =
    ✅ <b>Paid, and everything works</b>

    🔑 Your subscription is active until { $until }.
check-canceled = ❌ <b>The payment didn't go through</b>
check-closed = ❌ <b>This invoice is closed: the payment didn't go through</b>
check-closed-alert = ❌ The payment didn't go through
check-again = 🔄 Try again
check-other-plan = 🛒 Choose another subscription
check-mismatch =
    ⚠️ <b>The amount differs from the invoice</b>

    { $sums }We have your money and it is safe. We are looking into it and will write to you. If you'd rather not wait, write to support.
mismatch-sums = The invoice was for { $asked }, { $received } arrived.{" "}
check-unknown = 🤔 We couldn't find this invoice. Please choose a subscription again — it's quick.

# Why a payment did not go through
reason-expired = The time to pay is over. You haven't been charged and can start again.
reason-insufficient_funds = There wasn't enough money. Top up, or pay another way.
reason-declined = The bank declined the payment. Try another card or another way to pay.
reason-card_problem = Something is wrong with the card: check its number, date and code, or use another one.
reason-card_expired = The card has expired. Use another card or another way to pay.
reason-permission_revoked = The bank no longer lets us charge this card. Use another card or another way to pay.
reason-receipt_needed = A receipt has to be sent, and we don't know your e-mail. Pay by hand and tell us the address.
reason-limit_exceeded = The card or wallet has reached its limit. Try another way to pay.
reason-authentication_failed = The bank didn't get your confirmation. Try again and enter the code from the SMS, or confirm in your bank's app.
reason-country_forbidden = Cards of this country aren't accepted. Try another card or another way to pay.
reason-suspected_fraud = The payment looked suspicious to the system. Try another card or another way to pay.
reason-canceled_by_shop = We canceled this invoice. If that is unexpected, write to support.
reason-provider_forgot = The payment system no longer knows this invoice. If you have paid, write to support — we will find your money.
reason-unanswered = The payment system never told us whether you paid. If you have paid, write to support — we will find your money.
reason-unknown = The payment system didn't say why. Try again or choose another way to pay.
preview-waits = ⏳ There are no free places right now. Your key comes as soon as there is one; we are already on it.
sold-out =
    😔 <b>There are no free places right now</b>

    We have paused sales rather than take your money for nothing. Please check back a little later.
preview-starts-now = ▶️ Starts at once, until { $until }
preview-starts-later = ▶️ Starts on { $at }, after what you have now. All together until { $until }
preview-devices = 📱 Devices from { $at }: { $from } → { $to }
preview-traffic = 📶 Traffic from { $at }: { $from } → { $to }
