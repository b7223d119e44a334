server-edit-open = ✏️ Edit
server-edit =
    ✏️ <b>{ $name }</b>

    { $flag } { $city }
    🖥 <code>{ $host }</code>
    👥 up to { $capacity } accesses
    ↕️ Place in lists: { $position }

    What do you want to change?
server-field-name = 🏷 Name
server-field-city = 🌍 City
server-field-capacity = 👥 Capacity
server-field-host = 🖥 Address
server-field-position = ↕️ Place in lists
server-ask-name = 🏷 <b>The new name?</b> Only you see it.
server-ask-city =
    🌍 <b>Where is it?</b>

    Choose a city or send your own. An unknown one with two letters of its country:
    <code>NL Amsterdam</code>

    Customers see the new name by themselves, their keys stay.
server-ask-capacity = 👥 <b>How many accesses can it handle?</b> Send a number. Those that are there stay, even if they are more.
server-ask-host = 🖥 <b>The server's address?</b> A note for you: how it is reached is set in its ways in.
server-ask-position = ↕️ <b>The place in lists?</b> A number from 0: lower ones come first, for customers too.
field-now = Now: <code>{ $value }</code>
field-hidden = set, not shown
server-saved =
    { $kind ->
        [unchanged] 👌 Nothing to change: it was so already.
       *[updated] { $field ->
            [name] ✅ The name is changed.
            [city] ✅ The city is changed. Customers see it by themselves.
            [capacity] ✅ The capacity is changed.
            [host] ✅ The address is changed.
           *[position] ✅ The place in lists is changed.
        }
    }
server-delete = 🗑 Delete
server-deleting =
    🗑 Delete <b>{ $name }</b>?

    { $kind ->
        [empty] Nobody is on it. Its ways in and its figures go with it.
        [cut_off] It is disabled, and { $accesses ->
            [one] { $accesses } access on it is cut off
           *[other] { $accesses } accesses on it are cut off
        }. They go with it. Devices get a new file on another server, where there is room.
        [behind] It is disabled, but { $behind ->
            [one] { $behind } access on it
           *[other] { $behind } accesses on it
        } could not be cut off: the server does not answer. If it is alive, they go on working. Delete it only if the server is gone.
       *[in_use] It is in use: { $accesses ->
            [one] { $accesses } access
           *[other] { $accesses } accesses
        }. First stop taking new customers or disable it; then it can be deleted.
    }
server-delete-yes = 🗑 Yes, delete
server-deleted = 🗑 The server is deleted.
way-open = 🔌 { $driver } · { $protocol }
way-add = ➕ Another way in
way-title = 🔌 <b>{ $server }</b> · { $driver } · { $protocol }
way-line = { $label }: <code>{ $value }</code>
way-pinned = 🛡 Certificate confirmed: <code>{ $fingerprint }</code>
way-label-url = 🔗 Panel
way-label-login = 👤 User name
way-label-token = 🎫 Token
way-label-two-factor = 🔐 Key of one-time codes
way-label-public-host = 🌍 Address for customers
way-label-ssh-host = 🖥 SSH address
way-label-ssh-port = 🚪 SSH port
way-label-ssh-user = 👤 SSH user
way-label-ssh-key = 🗝 SSH key
way-label-ssh-password = 🔒 SSH password
way-label-endpoint-host = 🌍 Address for customers
way-field-url = 🔗 Panel's address
way-field-login = 👤 User and password
way-field-token = 🎫 Token
way-field-two-factor = 🔐 One-time codes
way-field-public-host = 🌍 Address for customers
way-field-ssh-host = 🖥 SSH address
way-field-ssh-port = 🚪 SSH port
way-field-ssh-user = 👤 SSH user
way-field-ssh-key = 🗝 SSH key
way-field-ssh-password = 🔒 SSH password
way-field-endpoint-host = 🌍 Address for customers
way-inbounds = 🎚 What we sell: { $count }
way-ask-url =
    🔗 <b>The panel's new address?</b>

    With its port and secret path. We connect first and save afterwards.
way-ask-login = 👤 <b>The panel's user name?</b> The password comes next.
way-ask-password = 🔒 <b>The panel's password?</b>
way-ask-token = 🎫 <b>The panel's API token?</b> It takes the place of the password.
way-ask-two-factor =
    🔐 <b>The key of the one-time codes?</b>

    The one that the panel showed when the second step was switched on: letters A–Z and digits 2–7.
way-ask-public-host =
    🌍 <b>The address for customers?</b>

    The name or IP by which the internet sees the server. Customers' keys follow by themselves.
way-ask-ssh-host = 🖥 <b>At which address does SSH answer?</b>
way-ask-ssh-port = 🚪 <b>The SSH port?</b>
way-ask-ssh-user = 👤 <b>Who do we log in as?</b> Anybody but root needs sudo without a password.
way-ask-ssh-key = 🗝 <b>The private SSH key?</b> As text or as a file, without a passphrase. It takes the place of the password.
way-ask-ssh-password = 🔒 <b>The password for SSH?</b> It takes the place of the key.
way-ask-endpoint-host = 🌍 <b>Where do customers' apps connect to?</b> Customers will have to download their files anew.
way-empty = 🧹 Take it away
way-test = 🔄 Test now
way-save = 💾 Test and save
way-saved =
    { $kind ->
        [up] ✅ Tested and saved, everything works.
        [degraded] 🟠 Saved, but not everything works: see the server's card.
       *[changed_meanwhile] 🤔 Somebody else has changed it in the meantime. Have a look and try again.
    }
way-not-saved = ⛔️ <b>Not saved</b>
way-same-panel = This is the server <b>{ $name }</b> already: the same panel or a copy of it.
way-fingerprint =
    <code>{ $fingerprint }</code>

    A browser shows it in the certificate's details (SHA-256).
way-ask-inbounds =
    { $choices ->
        [0] 🤷 The panel has no VLESS inbound. Make one there and come back.
       *[other]
            🎚 <b>What do we sell?</b>

            Tick the inbounds. Customers' keys follow by themselves.
    }
way-missing =
    { $count ->
        [one] ⚠️ Inbound no. { $ids } is no longer on the panel; it goes from here too when you save.
       *[other] ⚠️ Inbounds no. { $ids } are no longer on the panel; they go from here too when you save.
    }
way-forgotten = 🧹 It took too long, or the bot was restarted: what was entered is forgotten. Please begin at the way in.
