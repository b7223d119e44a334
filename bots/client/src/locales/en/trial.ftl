trial-started =
    🎁 <b>Your trial has started!</b>

    Enjoy { days } for free, until { $until }.
    { $limits }
    🔑 Your key comes here in a message of its own.
trial-terms =
    { $devices ->
        [one] 🎁 Try it for free: { days }, { $traffic }, { $devices } device. No card needed.
       *[other] 🎁 Try it for free: { days }, { $traffic }, up to { $devices } devices. No card needed.
    }
trial-terms-paid =
    { $devices ->
        [one] 🎁 Try it for { $price }: { days }, { $traffic }, { $devices } device. Once for every customer.
       *[other] 🎁 Try it for { $price }: { days }, { $traffic }, up to { $devices } devices. Once for every customer.
    }
trial-no-room =
    ⏳ <b>There are no free places on our servers right now</b>

    We haven't started your trial, so that none of its days is lost in waiting. Please check back a little later: we are making room.
trial-again = 🔄 Try again
trial-used =
    🎁 <b>You have had your trial</b>

    Everyone gets one. If you liked it, choose a subscription.
trial-customer =
    🎁 <b>The trial is for newcomers</b>

    You are already a customer. Thank you for being with us!
trial-not-offered =
    🎁 <b>There is no trial right now</b>

    You can take the shortest subscription and see whether it suits you.
trial-limits =
    { $devices ->
        [one] 📶 { $traffic } · 📱 { $devices } device
       *[other] 📶 { $traffic } · 📱 up to { $devices } devices
    }
trial-unlimited = unlimited traffic
trial-traffic = { $traffic } of traffic
