devices-title = 📱 <b>Devices</b>
devices-intro = You can give a router or a backup connection a key of its own: it uses up one of your devices, and the main key always keeps at least one.
devices-intro-only = Each device has a key of its own: add a device and get its file.
devices-count = Separate keys — in use: { $count } of { $limit }
devices-full = There is no room for more: delete a device you don't need, or choose a bigger subscription.
devices-seen = 🕓 Last connected: { $at }, { $place }
devices-never-seen = 🕓 Not connected yet
devices-line = { $name } · { $place }
devices-add = ➕ Add a device
devices-only-key =
    { $limit ->
        [one] 🔑 Your key works on one device.
       *[other] 🔑 Your key works on { $limit } devices at the same time: add it to the app on each of them.
    }
devices-no-shared =
    { $limit ->
        [one] Your subscription has { $limit } device.
       *[other] Your subscription has up to { $limit } devices.
    }
devices-no-subscription = You can add devices while your subscription is active.

device-place =
    📍 <b>Where do you want to connect?</b>

    The nearer the server, the faster.
device-name =
    ✏️ <b>What shall we call the device?</b>

    Choose, or write a name of your own.
preset-iphone = iPhone
preset-android = Android
preset-windows = Windows
preset-mac = Mac
preset-router = Router
device-limit =
    { $limit ->
        [one] 📱 <b>Your subscription has { $limit } device, and it is taken</b>
       *[other] 📱 <b>Your subscription has up to { $limit } devices, and all are taken</b>
    }

    Delete one you don't need, or choose a bigger subscription.
device-no-room =
    📍 <b>This server takes no new devices right now</b>

    Try another one, or check back a little later.
device-gone = 🤔 This device is gone already.

device-title = 📱 <b>{ $name }</b>
device-where = 📍 { $place } · { $protocol }
device-seen = 🕓 Last connected: { $at }
device-never-seen = 🕓 Not connected yet
device-traffic = 📶 Traffic: { $used }
device-fetch = 📄 Get the file and QR code
device-rename = ✏️ Rename
device-revoke = 🗑 Delete
device-open = 📱 To the device
device-new-name =
    ✏️ <b>A new name for “{ $name }”</b>

    Write it in a message, up to 32 characters.
device-revoke-sure =
    🗑 <b>Delete “{ $name }”?</b>

    Its key stops working at once. Your other devices are not affected.
device-revoke-yes = 🗑 Yes, delete
device-revoke-no = Keep it
device-revoked = ✅ The device is deleted and its key no longer works.

device-file = 📄 Settings file for “{ $name }”
device-how-wireguard =
    📱 <b>{ $name }</b>

    <b>Phone:</b> the WireGuard app → “+” → “Scan from QR code”.
    <b>Computer or router:</b> the WireGuard app → “Import tunnel(s) from file” → the file from the message above.

    One file is for one device: it won't work on two at once.
device-how-openvpn =
    📱 <b>{ $name }</b>

    Open the file from the message above in OpenVPN Connect.
device-how-ikev2 =
    📱 <b>{ $name }</b>

    Open the file from the message above and confirm the profile.
device-how-vless =
    📱 <b>{ $name }</b>

    Scan the QR code in your app or copy the key.
device-link =
    Key (tap to copy):
    { $link }
device-waiting =
    ⏳ <b>The file for “{ $name }” is being prepared</b>

    This usually takes a few seconds. Press Refresh in a moment.
devices-over =
    { $limit ->
        [one] ⚠️ Your subscription has { $limit } device. All of them work until { $until }: delete the extra ones, or those you haven't used for the longest time are switched off.
       *[other] ⚠️ Your subscription has up to { $limit } devices. All of them work until { $until }: delete the extra ones, or those you haven't used for the longest time are switched off.
    }
devices-kept = ✅ Done: the other devices are switched off.
device-keep-only = ✅ Keep only this one
device-keep-sure =
    📱 <b>Keep only “{ $name }”?</b>

    The keys of your other devices stop working at once.
device-keep-yes = ✅ Yes, keep only this one
