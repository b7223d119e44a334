search-prompt =
    🔍 <b>Who are you looking for?</b>

    Send a name, a @username, a Telegram ID, or the number of a payment or an order. Or open a list.
search-found =
    { $count ->
        [0] 🤷 Nobody found for “{ $query }”. Try another way: a name, a @username, a Telegram ID or a payment number.
        [one] 👥 Found { $count } customer for “{ $query }”
       *[other] 👥 Found { $count } customers for “{ $query }”
    }
search-page =
    { $count ->
        [0] 🤷 Nobody else for “{ $query }”.
       *[other] 👥 For “{ $query }”, the newest first. Not there? Go on, or send something more precise.
    }
people-ending = ⏳ Ending soon
people-trial = 🎁 On trial
people-expired = 🔴 Ended
people-banned = 🚫 Banned
people-newest = 🆕 Newest
people-ending-title = ⏳ <b>Subscriptions that end soon</b>, the soonest first.
people-trial-title = 🎁 <b>On trial</b>, the soonest end first.
people-expired-title = 🔴 <b>Subscriptions that have ended</b>, the latest first.
people-banned-title = 🚫 <b>Banned</b>, the latest first.
people-newest-title = 🆕 <b>Newest customers</b>
people-none = 🤷 Nobody here.
people-next = More ›
search-again = 🔍 Another one
standing-icon =
    { $standing ->
        [active] 🟢
        [expired] 🔴
        [suspended] ⛔️
        [held] 📢
        [frozen] ❄️
        [traffic_used_up] 🟠
       *[none] ⚪️
    }

card-name = 👤 <b>{ $name }</b>{ $username }
card-ids = 🆔 <code>{ $telegramId }</code> · <code>{ $id }</code>
card-seen = 📅 With us since { $since }, last seen { $active }
card-banned = 🚫 <b>Banned</b>
card-unreachable = 🔕 Blocked the bot — messages do not arrive
card-no-subscription = ⚪️ Never had a subscription
card-subscription =
    { $standing ->
        [active] 🟢 Active until { $until } ({ $days ->
            [one] { $days } day
           *[other] { $days } days
        })
        [expired] 🔴 Ended on { $until }
        [suspended] ⛔️ Suspended, paid until { $until }
        [held] 📢 Trial paused: left a channel
        [frozen] ❄️ Frozen, ends { $until }
        [traffic_used_up] 🟠 Out of traffic, lasts until { $until }
       *[none] ⚪️ Never had a subscription
    }{ $title }
card-traffic = 📶 Traffic: { $used } of { $limit } · separate keys: { $devices } of { $deviceLimit }
card-renewal-on =
    🔁 Auto-renewal: { $price } { $source ->
        [stars] in stars, charged by Telegram on
        [card] from the card,
       *[balance] from the balance,
    } { $at }
card-renewal-off =
    🔁 Auto-renewal is off: { $reason ->
        [failed] no charge went through
        [plan_gone] the plan is not sold any more
        [refunded] the purchase was refunded
        [stars_ended] Telegram charged no stars
        [card_expired] the card has expired
        [card_revoked] the bank lets the card be charged no more
       *[customer] the customer's wish
    }
card-payments =
    💳 { $count ->
        [0] Has not paid yet
        [one] { $count } payment, { $total }
       *[other] { $count } payments, { $total }
    }
card-undecided =
    🧑‍⚖️ { $count ->
        [one] { $count } payment waits for a decision
       *[other] { $count } payments wait for a decision
    }
card-referrals = 🤝 Invited: { $friends }, of them paid: { $paid }
card-gifts = 🎁 Gave: { $given }, waiting: { $waiting } · received: { $received }
card-tickets = 🎫 Tickets: { $total }, open: { $open }
card-trial = 🎁 Trial: { $used ->
        [yes] used
       *[no] not used
    }
card-accesses = 🔑 <b>Accesses</b>
card-access =
    { $state ->
        [works] ✅
        [server_down] 🔴
        [closed] 🚫
       *[other] ⏳
    } { $server } · { $protocol }{ $device } — { $state ->
        [works] works
        [server_down] the server does not answer
        [setting_up] being set up…
        [closing] closing…
       *[closed] closed
    }
card-access-seen = {"   "}seen online { $at }
card-access-problem = {"   "}{ $text }
card-more-accesses = …and { $count } more

extend-by = +{ $days } d
extend-undo = ↩️ Take +{ $days } d back
extend-other = ✏️ Other
extend-prompt = ✏️ How many days to add? Send a number from 1 to 3650.
extend-invalid = 🤔 Please send a whole number of days.
ban = 🚫 Ban
ban-confirm =
    🚫 Ban <b>{ $name }</b>?

    Access stops { $minutes ->
        [one] within a minute
       *[other] within { $minutes } minutes
    } on every server that answers, open connections too; on one that is away it stops when it is back. If the ban is lifted before the subscription ends, what is left of it goes on.
ban-yes = 🚫 Yes, ban
unfreeze = ▶️ Unfreeze
unban = ✅ Lift the ban
reset-trial = 🎁 Reset the trial

customer-extended = ✅ Extended, days added: { $days }.
customer-extended-with-traffic = ✅ Extended, days added: { $days }, and { $traffic } of traffic with them.
customer-already-done = 👌 That is done already.
customer-invalid-days = 🤔 Please send a whole number of days.
customer-banned = 🚫 Banned, access is being cut off: the list below says where it is closed already.
customer-already-banned = 👌 Banned already.
customer-unfrozen = ✅ Unfrozen: access is coming back, and the customer is told.
customer-not-frozen = ℹ️ Not frozen any more.
customer-unbanned = ✅ The ban is lifted, access is coming back.
customer-not-banned = 👌 Not banned.
customer-reset = 🎁 The trial can be taken again.
customer-not-used = 👌 The trial has not been used yet.
customer-taken-back = ↩️ Taken back.
customer-nothing-left = 👌 There is nothing left to take back.
customer-unknown-customer = 🤷 There is no such customer.
