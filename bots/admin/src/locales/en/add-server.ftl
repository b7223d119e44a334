wizard-driver =
    ➕ <b>A new server</b>

    What runs on it?
wizard-step-url =
    🔗 <b>The panel's address</b>

    With its port and secret path, for example
    <code>https://panel.example.com:2053/secret/</code>
wizard-step-auth =
    🔑 <b>How do we log in?</b>

    { $driver } · <code>{ $host }</code>
wizard-step-username = 👤 The panel's user name?
wizard-step-password = 🔒 The panel's password?
wizard-step-token =
    🔒 <b>API token</b>

    Made in the panel's settings (version 3.0 and later).
wizard-step-ssh-host =
    🖥 <b>The server's address</b>

    The IP or name at which SSH answers.
wizard-step-ssh-port = 🚪 The SSH port?
wizard-step-ssh-user =
    👤 <b>Who do we log in as?</b>

    Anybody but root needs sudo without a password.
wizard-step-ssh-key =
    🔒 <b>The private SSH key</b>

    As text or as a file, without a passphrase.
wizard-step-ssh-password = 🔒 The password for SSH?
wizard-step-fingerprint =
    🛡 <b>Compare the fingerprint of the server's key</b>

    { $host } · { $keyType }
    <code>{ $fingerprint }</code>

    The server itself shows it with
    <code>ssh-keygen -lf /etc/ssh/ssh_host_{ $keyFile }_key.pub</code>

    Until you confirm it, neither a password nor a key is sent anywhere.
wizard-step-interface = 🔌 Which WireGuard interface should be used?
wizard-step-inbounds =
    { $choices ->
        [0]
            🤷 The panel has no VLESS inbounds. Make at least one and try again.
       *[other]
            🔌 <b>Which inbounds do we sell?</b>

            Panel { $panel }. Mark one or more.
    }
wizard-step-endpoint-host =
    🌍 <b>The address for customers</b>

    { $interface }
    Where should the apps connect? It is usually the same address.
wizard-step-name =
    🏷 <b>Name</b>

    Short, only for you: <code>ams-1</code>
wizard-step-city =
    🌍 <b>Where is it?</b>

    Choose a city or send your own. An unknown one with two letters of its country:
    <code>NL Amsterdam</code>
wizard-step-city-other = 🌍 How is this city written in { $language }? Those who read { $language } see it so.
wizard-step-capacity = 👥 How many accesses can it handle? Choose or send a number.
wizard-step-confirm =
    ✅ <b>Is that right?</b>

    🏷 { $name }
    { $flag } { $city }
    🖥 <code>{ $host }</code> · { $driver }{ $chosen }
    👥 up to { $capacity } accesses

    The connection is tested before anything is saved.
wizard-step-failed = 😔 The last attempt failed. What next?
wizard-secret-note = 🧹 It is read and deleted from the chat at once.
wizard-not-deleted = ⚠️ Your message with the secret could not be deleted — please delete it yourself.
wizard-not-understood = 🤔 That is not an answer to this question. Please try again.
wizard-name-taken = 🤔 There is already a server with this name. Please choose another.
wizard-asking = ⏳ Connecting…
wizard-failed =
    { $kind ->
        [unreachable] 🔌 <b>{ $host } does not answer</b>
        [refused] ⛔️ <b>{ $host } refuses</b>
       *[other] ⛔️ <b>This server cannot be added</b>
    }
wizard-nothing-saved = Nothing was saved.
wizard-added =
    🎉 <b>{ $name }</b> works!

    { $driver ->
        [xui] Customers with a running subscription get access on it by themselves.
       *[other] Customers can add their devices on it now.
    }
wizard-added-degraded =
    🟠 <b>{ $name }</b> was added, but something is wrong with it.
wizard-added-undialed =
    🟠 <b>{ $name }</b> was added and its panel answers, but the place that customers connect to could not be reached from here. Try a key on your own phone.
wizard-lost = 🧹 What was entered is forgotten: it took too long, or the bot was restarted. No secret is left anywhere — please start anew.
wizard-forgotten = 🧹 Everything entered is forgotten
wizard-do-cancel = ✖️ Cancel
wizard-do-password = 🔑 Password
wizard-do-token = 🎫 API token
wizard-do-key = 🗝 SSH key
wizard-do-trust = ✅ The fingerprint is right
wizard-do-back = ‹ Back
wizard-do-picked = ✅ Done
wizard-do-again = 🔁 Try again
wizard-do-access = 🔑 Other credentials
wizard-do-anew = ⏮ Start anew
wizard-do-save = 💾 Test and save
wizard-step-two-factor =
    🔐 <b>The key of the one-time codes</b>

    The panel asks for a code from an app. Send the key that it showed when the second step was switched on: letters A–Z and digits 2–7. We make the codes ourselves.
wizard-step-certificate =
    🛡 <b>Compare the fingerprint of the certificate</b>

    { $host } signed its certificate itself. That is common, as long as this is your server:
    <code>{ $fingerprint }</code>

    A browser shows it in the certificate's details (SHA-256). Until you confirm it, no password is sent.
wizard-step-public-host =
    🌍 <b>The address for customers</b>

    The chosen inbounds cannot be reached from outside. Send the name or IP by which the internet sees the server.
wizard-step-confirm-way =
    ✅ <b>Is that right?</b>

    Another way in on <b>{ $name }</b>:
    🖥 <code>{ $host }</code> · { $driver }{ $chosen }

    The connection is tested before anything is saved.
wizard-step-saved = ✅ <b>{ $name }</b> is saved already.
wizard-driver-on =
    ➕ <b>Another way in on { $name }</b>

    What runs on it?
wizard-same-panel =
    👯 <b>This is { $name }</b>

    That server has this address already, or its customers live on this panel. It is not added twice: everybody would get two keys. If it is a copy of that server, delete the clients named vk-… on it.

    Nothing was saved.
wizard-added-way =
    🎉 <b>{ $name }</b> has another way in!

    { $driver ->
        [xui] Customers with a running subscription get access on it by themselves.
       *[other] Customers can add their devices on it now.
    }
