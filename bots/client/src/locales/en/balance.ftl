balance-open = 💰 Balance
balance-title = 💰 <b>Your balance: { $amount }</b>
balance-empty = 💰 <b>Your balance is empty</b>
balance-use = It pays for any subscription in one tap. Choose how much to add:
balance-line = { $amount } · { $at } · { $cause ->
        [top_up] topped up
        [sale] purchase
        [refund] refund
        [referral] for friends
        [credit] from the shop
        [addon] devices or traffic
        [gift_returned] refund of a gift
       *[other] change
    }
balance-buy = 🛒 Choose a subscription
pay-balance = 💰 From the balance — { $price }
pay-balance-and = 💰 Balance { $balance } + pay { $rest }
top-up-methods =
    ➕ <b>Add { $amount } to your balance</b>

    How would you like to pay?
top-up-methods-for =
    🛒 <b>{ $title } — { $price }</b>

    You pay { $amount }, the rest comes from your balance. How would you like to pay?
top-up-exact = All of it goes to your balance: no fee and no discount here, whichever you choose.
top-up-none = 😕 No way to pay works right now. Please try again in a couple of minutes, or write to support.
top-up-invoice = 🧾 <b>Top-up — { $amount }</b>
top-up-invoice-for = 🧾 <b>{ $title } — { $amount } to pay</b>
top-up-then-waits =
    1. Press Pay and pay on the page that opens.
    2. Come back: the money is on your balance, usually within a minute.
top-up-then-buys =
    1. Press Pay and pay on the page that opens.
    2. Come back: the rest is taken from your balance and the subscription is switched on by itself.
top-up-then-gift =
    1. Press Pay and pay on the page that opens.
    2. Come back: the rest is taken from your balance, and the gift is ready to be passed on.
top-up-description = { $shop }, balance top-up
top-up-name = Balance top-up
top-up-failed =
    { $kind ->
        [provider_unavailable] 😕 <b>This payment method isn't responding.</b> You haven't been charged. Choose another one, or try again in a minute.
        [provider_refused] 😕 <b>This payment method doesn't work right now.</b> You haven't been charged, and we are already looking into it. Please choose another one.
        [provider_gone] 💳 This payment method no longer works. Please choose another.
        [plan_gone] 🛒 This subscription is no longer on sale.
        [addon_gone] ➕ This can't be added right now.
        [already_paid] ✅ This top-up is paid already — nothing more was charged.
        [wrong_amount] 🤔 This amount can't be added. Please choose another.
       *[banned] 🚫 Your account is blocked. Write to support.
    }
balance-bought =
    ✅ <b>Paid from your balance</b>

    🔑 Your subscription is being switched on. A message follows as soon as everything is ready.
balance-short = 💰 <b>There isn't enough on your balance</b>: { $missing } is missing.
balance-add = ➕ Add { $missing } and buy
balance-refused =
    { $kind ->
        [already_paid] ✅ This is paid already — nothing more was taken.
        [plan_gone] 🛒 This subscription is no longer on sale. Here is what we have now.
        [no_room] 😔 There are no free places right now, so we don't take your money. Please check back a little later.
       *[banned] 🚫 Your account is blocked. Write to support.
    }
check-topped-up =
    ✅ <b>The money is here, thank you!</b>

    It is on your balance, or has paid for what you chose: see the message below.
notification-topped-up =
    💰 <b>Your balance: { $balance }</b>

    { $plan ->
        [missing] The money is here, but it doesn't cover the subscription yet.
       *[none] Thank you! Now any subscription is one tap away.
    }
