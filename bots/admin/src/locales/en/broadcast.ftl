broadcasts-title =
    📣 <b>Broadcast</b>

    { $count ->
        [0] There has been none yet.
       *[other] The latest ones and how many people are in them:
    }
broadcast-write = ✏️ Write to everybody
broadcast-prompt =
    ✏️ <b>What should customers read?</b>

    Send the text in one message. It goes out as it is, without markup, with a button to stop such news. You will see it before it is sent.
broadcast-only-text = 🤔 Only text can be broadcast for now.
broadcast-too-long = 🤔 Too long: a message holds { $max } characters.
broadcast-confirm =
    { $count ->
        [0] 👆 This is what customers will see. But there is nobody to write to yet.
        [one] 👆 This is what customers will see. <b>{ $count }</b> person gets it: everybody who has not blocked the bot or switched news off.
       *[other] 👆 This is what customers will see. <b>{ $count }</b> people get it: everybody who has not blocked the bot or switched news off.
    }
broadcast-send = 🚀 Send · { $count }
broadcast-start = 🚀 Send
broadcast-rewrite = ✏️ Rewrite
broadcast-title = { $icon } <b>{ $state ->
        [draft] Draft
        [running] Being sent
        [done] Sent
       *[canceled] Stopped
    }</b>
broadcast-progress = { $handled } of { $total }
broadcast-sent = ✅ Delivered: { $count }
broadcast-unreachable = 🔕 Blocked the bot: { $count }
broadcast-failed = ⚠️ Refused by Telegram: { $count }
broadcast-unknown = ❔ Outcome unknown: { $count }. Not repeated, so that nobody reads it twice.
broadcast-queued = { $state ->
        [canceled] ⏹ Not sent: { $count }
       *[other] ⏳ To go: { $count }
    }
broadcast-times = 🕓 { $from } — { $to }
broadcast-stop = ⏹ Stop
broadcast-about = ≈ An estimate: this many people are not counted one by one.
broadcast-progress-about = { $handled } of about { $total }
