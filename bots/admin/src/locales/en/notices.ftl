notice-sale =
    💰 <b>Sale: { $amount }</b>

    🏷 { $title }
    👤 { $name } · { $provider }
notice-mismatch =
    ⚠️ <b>Wrong amount</b>

    👤 { $name } · { $title }
    { $amount } was asked, { $received } came ({ $provider }).
    Nothing was granted — settle it with the customer by hand.
notice-access-stuck =
    ⏳ <b>A key has been stuck for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }</b>

    👤 { $name }
    <i>{ $reason }</i>

    We keep trying, and the customer was told.
notice-server-down =
    🔴 <b>{ $server } does not answer</b>

    <i>{ $reason }</i>

    No new keys are handed out on it, the rest waits for its return.
notice-server-up = 🟢 <b>{ $server }</b> answers again.
notice-backup-failed =
    💾 <b>The backup failed</b>

    <i>{ $reason }</i>
