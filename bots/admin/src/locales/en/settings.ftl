settings-title = ⚙️ <b>Settings of the shop</b>
settings-trial =
    { $days ->
        [0] 🎁 Trial: none
        [one] 🎁 Trial: { $days } day
       *[other] 🎁 Trial: { $days } days
    }
settings-trial-size = 📶 It holds: { $traffic } · devices: { $devices }
settings-bonus =
    { $days ->
        [0] 🤝 For a friend: nothing
        [one] 🤝 For a friend: +{ $days } day
       *[other] 🤝 For a friend: +{ $days } days
    }
settings-freeze =
    { $days ->
        [0] ❄️ Freezing: off
        [one] ❄️ Freezing: up to { $days } day, times a year: { $times }
       *[other] ❄️ Freezing: up to { $days } days, times a year: { $times }
    }
settings-field-freezeDays = ❄️ Freezing
settings-field-freezesPerYear = ❄️ How often
settings-ask-freezeDays = ❄️ <b>For how many days at most may a customer freeze the subscription?</b> A number up to 365; 0: not at all. While it is frozen the VPN is off and time stands still. What is frozen already stays as it was.
settings-ask-freezesPerYear = ❄️ <b>How often a year may a subscription be frozen?</b> A number up to 12.
settings-invalid-freezes = 🤔 A whole number from 0 to 12, please.
settings-grace =
    { $hours ->
        [0] ⏳ Access closes as soon as a subscription ends
        [one] ⏳ Access goes on for { $hours } hour after a subscription's end
       *[other] ⏳ Access goes on for { $hours } hours after a subscription's end
    }
settings-field-graceHours = ⏳ Grace period
settings-ask-graceHours = ⏳ <b>For how many hours does access go on after the end of a bought subscription?</b> A number up to 168; 0: not at all. The time is lent: what is paid for continues from the former end, not from the payment. No more than half of the last period is given. Trials have none.
settings-invalid-hours = 🤔 A whole number from 0 to 168, please.
settings-room =
    { $sells ->
        [yes] 🪑 When there is no room: we keep selling and say that the key comes later
       *[no] 🪑 When there is no room: nothing is sold to newcomers
    }
settings-name = 🏪 Name: <b>{ $name }</b>
settings-logo =
    { $has ->
        [yes] 🖼 Logo: your own
       *[no] 🖼 Logo: none
    }
settings-logo-is =
    { $has ->
        [yes] your own
       *[no] none
    }
settings-zone = 🕓 Times in all messages are in { $zone }. It is set on the server, in the file .env: TIME_ZONE.
settings-changed =
    ✏️ <i>{ $by ->
        [owner] Last changed by the owner
        [operator] Last changed on the server itself
        [staff] Last changed by { $name }
       *[gone] Last changed by somebody who has left
    }, { $at }</i>
settings-field-trialDays = 🎁 Trial days
settings-field-referralBonusDays = 🤝 Days for a friend
settings-field-name = 🏪 Name
settings-field-logo = 🖼 Logo
settings-methods = 💳 Payment methods
settings-trial-plan = 📶 Trial size
settings-room-close = 🪑 Sell nothing when there is no room
settings-room-sell = 🪑 Sell without room too
settings-ask-trialDays = 🎁 <b>How many days is a trial?</b> Up to 365; 0 gives none. Trials already taken stay as they are.
settings-ask-referralBonusDays = 🤝 <b>How many days for a friend?</b> Up to 365; 0 gives nothing.
settings-ask-name = 🏪 <b>What is the shop called?</b> Up to 32 characters. Customers see it in the bot, on the subscription page and in their app.
settings-ask-logo = 🖼 <b>Send the logo</b>: a square PNG, JPEG or WebP of up to 5 MB. It goes into QR codes and onto the subscription page.
settings-drop-name = 🧹 Back to the old one
settings-drop-logo = 🧹 Remove the logo
settings-invalid-days = 🤔 Please send a whole number, 0 to 365.
settings-no-picture = 🤔 There is no picture here, or it is larger than 5 MB. Send another one.
settings-refused =
    { $kind ->
        [invalid_name] 🤔 A name has 1 to 32 characters.
        [logo_too_large] 🤔 The picture is too large.
        [logo_too_small] 🤔 The picture is too small: it takes at least 64 by 64 pixels.
        [logo_not_square] 🤔 The picture is not square. Crop it and send it again.
       *[logo_unreadable] 🤔 The picture can't be read. Send a PNG, JPEG or WebP.
    }
settings-saved = ✅ Saved.
