notice-key-purchase = 🎉 <b>Done! Your subscription is active until { $until }</b>
notice-key-trial = 🎁 <b>Your trial has started! It lasts until { $until }</b>
notice-renewed =
    ✅ <b>Renewed: +{ days }</b>

    🟢 Active until { $until }
    Nothing to set up: your key stays the same.
notice-preparing =
    ⏳ <b>Your payment arrived, access is being prepared</b>

    It is taking longer than usual. We are on it: the key comes here as soon as it is ready. Your money is safe.
notice-expiring-3d =
    ⏰ <b>Your subscription ends in 3 days</b>

    🟡 Active until { $until }
    Renew now — you keep the days that are left.
notice-expiring-1d =
    ⏰ <b>Your subscription ends tomorrow</b>

    🟡 Active until { $until }
    Renew now to stay connected.
notice-expiring-3h =
    ⏰ <b>3 hours left on your subscription</b>

    🟡 Active until { $until }
    Renew now to stay connected.
notice-expired =
    🔴 <b>Your subscription has ended</b>

    Renew it and everything works again with the same key.
notice-device-reissued =
    📱 <b>A new file for your device is ready</b>

    While your subscription was not active, the old file was removed from the server and will not connect any more. Download the new one and use it in the app instead.
notice-device-file = 📄 Download the file
notice-traffic =
    🟠 <b>Your traffic is used up</b>

    Renew and everything works again with the same key.
notice-referral =
    🎁 <b>+{ days } for you!</b>

    { $friend } came by your link and paid for the first time. Thank you for recommending us!
notice-extended =
    🎁 <b>You were given { days }</b>

    🟢 Your subscription is active until { $until }
