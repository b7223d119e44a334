notification-key-purchase = 🎉 <b>Done! Your subscription is active until { $until }</b>
notification-key-trial = 🎁 <b>Your trial has started! It lasts until { $until }</b>
notification-renewed =
    ✅ <b>Renewed: +{ days }</b>

    🟢 Active until { $until }
    Nothing to set up: your key stays the same.
notification-preparing =
    ⏳ <b>Your payment arrived, access is being prepared</b>

    It is taking longer than usual. We are on it: the key comes here as soon as it is ready. Your money is safe.
notification-expiring =
    ⏰ <b>Your subscription ends in { $left }</b>

    🟡 Active until { $until }
    Renew now — you keep the time that is left.
notification-expired =
    🔴 <b>Your subscription has ended</b>

    Renew it and everything works again with the same key.
notification-device-reissued =
    📱 <b>A new file for your device is ready</b>

    While your subscription was not active, the old file was removed from the server and will not connect any more. Download the new one and use it in the app instead.
notification-device-file = 📄 Download the file
notification-trial-expiring =
    ⏰ <b>Your trial ends in { $left }</b>

    🟡 Active until { $until }
    Do you like it? Choose a subscription — you keep the time that is left.
notification-trial-traffic-low =
    🟡 <b>{ $percent }% of your trial's traffic is used</b>

    { $left } left, the trial lasts until { $until }.
    If that isn't enough, choose a subscription: it starts as soon as the traffic is used up.
notification-trial-traffic =
    🟠 <b>Your trial's traffic is used up</b>

    Choose a subscription and everything works again at once with the same key.
notification-trial-ended =
    🎁 <b>Your trial has ended</b>

    Did you like it? Choose a subscription and everything works with the same key: nothing to set up.
notification-win-back-trial =
    👋 <b>How was your trial?</b>

    Your key is waiting: take a subscription and it works again. If something went wrong, write to support and we'll help.
notification-win-back-3d =
    👋 <b>Your subscription ended three days ago</b>

    You still have your key: renew and it works again.
notification-win-back-7d =
    👋 <b>It has been a week without you</b>

    Renew whenever you like: the key stays the same, nothing to set up.
notification-win-back-30d =
    👋 <b>Long time no see!</b>

    If you need a VPN again, your key is the same and works right after payment.
notification-win-back-offer =
    🎁 <b>Come back with { $percent }% off</b>: the price below is yours until { $day }, that day included.
notification-discount =
    💙 <b>You have a personal discount: { $percent }%</b>

    It applies to whatever you buy, automatically. If another discount is larger, you get that one.
notification-discount-until = It lasts until { $day }, that day included.
notification-traffic-low =
    🟡 <b>{ $percent }% of your traffic is used</b>

    { $left } left, your subscription is active until { $until }.
    If that isn't enough, take more: a new subscription starts as soon as the traffic is used up.
notification-traffic =
    🟠 <b>Your traffic is used up</b>

    Renew and everything works again at once with the same key.
notification-started-early =
    ✅ <b>Your next subscription has started</b>

    The traffic of the one before was used up, so we didn't make you wait. The time left on it is not lost: everything is active until { $until }.
notification-devices-over =
    { $limit ->
        [one] 📱 <b>Your subscription now has { $limit } device, and you have { $count }</b>
       *[other] 📱 <b>Your subscription now has up to { $limit } devices, and you have { $count }</b>
    }

    All of them work until { $until }. Choose which ones stay. If you don't, those you haven't used for the longest time are switched off.
notification-devices-closed =
    { $count ->
        [one] 📱 <b>A device was switched off: { $names }</b>
       *[other] 📱 <b>Devices were switched off: { $names }</b>
    }

    There were more than your subscription allows. To have them back, choose a bigger subscription and add the device again.
notification-days = { days }
notification-days-and-traffic = { days } and { $traffic }
notification-referral =
    🎁 <b>+{ $given } for you!</b>

    { $friend } came by your link and paid for the first time. Thank you for recommending us!

    🟢 Your subscription is active until { $until }
notification-extended =
    🎁 <b>We added { $given } for you</b>

    🟢 Your subscription is active until { $until }
notification-ban-lifted = ✅ <b>Your access is open again</b>
notification-active-until = 🟢 Your subscription is active until { $until }, with the same key.
notification-taken-back =
    ↩️ <b>{ $days ->
        [one] We added { $days } day by mistake and have taken it back
       *[other] We added { $days } days by mistake and have taken them back
    }</b>

    Your subscription runs until { $until }. If anything is wrong, write to us.
notification-paid-twice =
    👯 <b>This order was paid twice</b>

    Nothing is lost: another { $days ->
        [one] { $days } day
       *[other] { $days } days
    } were added, your subscription runs until { $until }.
    If you meant to pay once, write to us and we'll refund it.
time-left-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
    }
time-left-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
    }
time-left-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
    }
notification-refunded =
    ↩️ <b>Refund: { $amount }</b>

    { $effect ->
        [addon] { $what } is switched off. Everything else works as before.
        [shorter] The time this money paid for is taken off: your access is now paid until { $until }.
       *[none] Your access stays as it is.
    }
    { $to ->
        [balance] The money is on your balance already.
       *[payer] The money usually arrives within a few days.
    } If something is not right, write to us.
notification-grace =
    ⏳ <b>The paid time ends on { $paid }</b>

    We keep your access on until { $until }. Renew the subscription: the new time continues from the former end.
notification-trial-held =
    📢 <b>The trial is paused</b>

    It works while you are in “{ $channel }”. Come back to the channel and the key works again by itself. The trial's time goes on meanwhile.
notification-trial-resumed = 🎁 <b>The trial works again</b>, until { $until }. The key is the same.
notification-referral-money =
    { $level ->
        [1] 💰 <b>+{ $amount } on your balance</b>: { $friend } paid, invited by you.
       *[2] 💰 <b>+{ $amount } on your balance</b>: { $friend } paid, invited by a friend of yours.
    }
notification-referral-money-taken = ↩️ <b>−{ $amount } from your balance</b>: a friend got their money back, and the bonus for it went back too.
notification-invited-bonus =
    { $days ->
        [one] 🎁 <b>{ $days } day for free</b>: you came by a friend's invitation. The subscription runs until { $until }.
       *[other] 🎁 <b>{ $days } days for free</b>: you came by a friend's invitation. The subscription runs until { $until }.
    }
