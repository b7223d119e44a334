card-title =
    🎫 <b>Ticket #{ $number }</b> · { $state ->
        [open] 🟢 open
        [waiting] 🟡 waiting for the customer
        [closed] ⚪️ closed
       *[other] { $state }
    }
card-person = 👤 { $person }
card-person-username = 👤 { $person } · @{ $username }
card-ids =
    🆔 <code>{ $id }</code> · { $language ->
        [ru] 🇷🇺 Russian
        [en] 🇬🇧 English
       *[other] { $language }
    } · with us since { $since }
card-banned = ⛔️ Banned from the shop
card-no-subscription = 🔐 Never had a subscription
card-subscription =
    { $standing ->
        [active] 🟢 Subscription active
        [expired] 🔴 Subscription expired
        [suspended] ⛔️ Subscription suspended
        [held] 📢 Trial paused: left a channel
        [frozen] ❄️ Frozen
        [traffic_used_up] 🟠 Traffic used up
       *[none] ⚪️ Subscription not started
    } · { $plan }
card-plan-trial = trial
card-ends =
    📅 Until { $until } · { $days ->
        [0] time is up
        [one] { $days } day left
       *[other] { $days } days left
    }
card-usage = 📶 { $used } of { $limit } · 📱 separate keys: { $devices } of { $deviceLimit }
card-preparing = ⏳ Paid, access is still being set up
card-no-payments = 💳 No payments
card-payments =
    💳 { $count ->
        [one] { $count } payment
       *[other] { $count } payments
    }, { $sum }
card-unpaid =
    ({ $count ->
        [one] and { $count } unpaid invoice
       *[other] and { $count } unpaid invoices
    })
card-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } payment waits
       *[other] { $count } payments wait
    } for an admin's decision: the money did not come as expected
card-trial-used = 🎁 Trial used
card-invited = 🤝 Invited by { $name }
card-friends =
    👥 { $count ->
        [one] Brought { $count } friend
       *[other] Brought { $count } friends
    }
card-earlier =
    🗂 { $count ->
        [one] { $count } earlier ticket
       *[other] { $count } earlier tickets
    }
card-hint =
    ✍️ <i>Write right here: the customer gets your answer in the shop's name. Messages that begin with “/” are notes and stay here.</i>
card-close = ✅ Close
card-reopen = 🔓 Reopen
card-refresh = 🔄 Refresh

ticket-closed-agent = ✅ Closed, and the customer was told
ticket-already-closed = This ticket is closed already
ticket-reopened-agent = 🔓 The ticket is open again
ticket-already-open = This ticket is open already
ticket-refreshed = 🔄 The card is up to date
ticket-superseded = ↪️ The customer has another ticket open, #{ $number }. They did not get this message: please answer there.
ticket-superseded-open = ↪️ Go to #{ $number }

ticket-taken-up-customer = 🔓 The customer wrote again: ticket #{ $number } is open.
ticket-taken-up-agent = 🔓 Ticket #{ $number } is open again, the customer will get your message.

ticket-closed-customer =
    ✅ Ticket #{ $number } is closed.

    If there is anything else, just write here, any time.
ticket-reopened-customer = 🔓 Ticket #{ $number } is open again. We are here — write to us.

ticket-only-in-topic = 👉 This command works in a ticket's topic: open it and repeat.

ticket-history = 🗂 <b>Earlier in this ticket:</b>
ticket-history-line = { $mark } <b>{ $name }:</b> { $text }
