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

desk-closed = ✅ Closed, and the customer was told
desk-already-closed = This ticket is closed already
desk-reopened = 🔓 The ticket is open again
desk-already-open = This ticket is open already
desk-refreshed = 🔄 The card is up to date
desk-superseded = ↪️ The customer has another ticket open, #{ $number }. They did not get this message: please answer there.
desk-superseded-open = ↪️ Go to #{ $number }

desk-taken-up-customer = 🔓 The customer wrote again: ticket #{ $number } is open.
desk-taken-up-agent = 🔓 Ticket #{ $number } is open again, the customer will get your message.

ticket-closed =
    ✅ Ticket #{ $number } is closed.

    If there is anything else, just write here, any time.
ticket-reopened = 🔓 Ticket #{ $number } is open again. We are here — write to us.

desk-only-in-topic = 👉 This command works in a ticket's topic: open it and repeat.

desk-history = 🗂 <b>Earlier in this ticket:</b>
desk-history-line = { $mark } <b>{ $name }:</b> { $text }
