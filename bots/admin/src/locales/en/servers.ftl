servers-title =
    🖥 <b>Servers</b>

    🟢 works · 🟠 has trouble · 🔴 does not answer · 🚧 closed to new customers · ⛔️ disabled
servers-none =
    🖥 <b>Servers</b>

    None yet. Add the first one, and paid keys are handed out by themselves.
server-add = ➕ Add a server
server-title = { $icon } <b>{ $name }</b>
server-place = { $flag } { $city } · <code>{ $host }</code>
server-state =
    { $state ->
        [active] ✅ Takes customers
        [full] 🈵 Full: new customers do not get in
        [draining] 🚧 Serves existing customers, takes no new ones
        [down] 🔴 Does not answer — checked every minute
       *[disabled] ⛔️ Disabled, access on it is off
    }
server-places = { $accesses } of { $capacity }
server-load = 👥 Accesses: { $places }
server-behind = ⏳ Being set up: { $count }
endpoint-title = { $icon } <b>{ $driver }</b>{ $version } · { $protocol }
endpoint-figures = Online: { $online } · CPU { $cpu } · memory { $memory }
endpoint-probed = Checked: { $at }
server-open = ✅ Take new customers again
server-enable = ✅ Enable
server-drain = 🚧 Take no new customers
server-disable = ⛔️ Disable
server-disable-confirm =
    ⛔️ Disable <b>{ $name }</b>?

    { $count ->
        [0] Nobody is on it.
        [one] { $count } access on it will stop.
       *[other] { $count } accesses on it will stop.
    } It can be enabled again at any time.
server-disable-yes = ⛔️ Yes, disable
server-change =
    { $kind ->
        [changed] { $state ->
            [active] ✅ The server takes customers.
            [draining] 🚧 The server takes no new customers.
           *[disabled] ⛔️ The server is disabled, access is being cut off.
        }
        [not_possible] 👌 Not possible now: see its state below.
       *[unknown_server] 🤷 There is no such server.
    }
