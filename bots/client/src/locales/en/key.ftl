key-title = 🔑 <b>Your key</b>
key-subscription =
    Subscription link for your app (tap to copy):
    { $link }
key-devices =
    { $limit ->
        [one] 📱 Works on one device at a time.
       *[other] 📱 One key for all your devices: up to { $limit } at the same time.
    }
key-servers = ⏳ { $count } of { $of } servers ready. The others appear in the app by themselves.
key-way-in =
    { $label }
    { $link }
key-copy = 📋 Copy the link
key-links = 🔗 Keys by server ({ $count })
key-try = 🎁 Try for free
key-preparing =
    ⏳ <b>Your key is being prepared</b>

    This usually takes less than a minute. We'll send it here as soon as it is ready.
key-devices-only =
    🔑 <b>Here each device has a key of its own</b>

    Add the first one: you get a file and a QR code, connecting takes a minute.
key-none-none =
    🔑 <b>No key yet</b>

    You get one as soon as your subscription starts.
key-none-expired =
    🔴 <b>Your subscription has ended</b>

    Renew it and your key works again — nothing to set up again.
key-none-trial_ended =
    🎁 <b>Your trial has ended</b>

    Choose a subscription and everything works with the same key — nothing to set up again.
key-none-suspended =
    ⛔️ <b>Access is suspended</b>

    Write to support and we'll sort it out.
key-none-held =
    📢 <b>The trial is paused</b>

    You left a channel that it needs. Come back, and the key works again.
key-none-frozen =
    ❄️ <b>The subscription is frozen</b>

    Time stands still. Unfreeze it, and the key works again.
key-none-traffic_used_up =
    🟠 <b>Your traffic is used up</b>

    Renew and your key works again — nothing to set up again.
key-none-trial_used_up =
    🟠 <b>Your trial's traffic is used up</b>

    Choose a subscription and your key works again — nothing to set up again.
links-title =
    🔗 <b>Keys by server</b>

    For apps that don't take a subscription link.
links-none = 🔗 There are no keys right now. Open “My key” to see why.

system-android = 🤖 Android
system-ios = 🍏 iPhone, iPad
system-windows = 🪟 Windows
system-macos = 💻 macOS
system-linux = 🐧 Linux
system-install = ⬇️ { $app }
system-import = ➕ Add to { $app }
system-steps =
    1. Install an app — we suggest { $app }.
    2. Come back and press “Add to { $app }”: the key is added by itself.
    3. Press the big switch in the app. Done!

    Didn't work? Open “My key”, copy the link and paste it in the app with “+”.
system-steps-later =
    1. Install an app — we suggest { $app }.
    2. Open “My key” once it is ready: one tap adds it from there.
    3. Press the big switch in the app. Done!
