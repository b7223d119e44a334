status-none = ⚪️ No subscription yet
status-preparing = ⏳ Your key is being prepared
status-active = 🟢 Until { $until } ({ days })
status-trial = 🎁 Trial until { $until } ({ days })
status-trial-ended = 🎁 Your trial ended on { $until }
status-expired = 🔴 Your subscription ended on { $until }
status-suspended = ⛔️ Access is suspended
status-held = 📢 The trial is paused: you left a channel
status-frozen = ❄️ Frozen: time stands still
status-grace = 🟠 The paid time is over. Access still works until { $until }: renew it
status-traffic = 🟠 Your traffic is used up

subscription-title = 👤 <b>My subscription</b>
subscription-none = There is none yet. Choose one, and your key arrives right after payment.
subscription-plan = 🏷 Plan: { $title }
subscription-traffic =
    📶 Traffic: { $used } of { $limit }
    { $bar }
subscription-traffic-unlimited = 📶 Traffic: { $used }, unlimited
subscription-devices =
    { $limit ->
        [one] 📱 Devices: { $limit } at a time
       *[other] 📱 Devices: up to { $limit } at the same time
    }
subscription-preparing = Your payment arrived and access is being set up. The key comes by itself, usually within a minute.
