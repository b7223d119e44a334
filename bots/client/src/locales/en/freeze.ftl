freeze-open = ❄️ Freeze
freeze-manage = ▶️ Unfreeze
freeze-yes = ❄️ Freeze now
freeze-end = ▶️ Unfreeze now
freeze-offered =
    ❄️ <b>Freeze the subscription?</b>

    The VPN turns off on all devices, and time stands still. Unfreeze at any moment: you get back all the time that is left, to the second. Key and link stay the same.

    It turns on by itself on { $until } at the latest.
    { $left ->
        [one] { $left } freeze of { $of } a year is left.
       *[other] { $left } freezes of { $of } a year are left.
    }
freeze-frozen =
    ❄️ <b>The subscription is frozen</b>

    The VPN is off, and time stands still. It turns on by itself on { $until }, or earlier if you unfreeze it.
    If you do not, the subscription ends on { $ends }.
freeze-used_up =
    ❄️ <b>No freezes are left this year</b>

    { $of ->
        [one] A subscription can be frozen once a year.
       *[other] A subscription can be frozen { $of } times a year.
    }
freeze-not_now =
    ❄️ <b>There is nothing to freeze now</b>

    Only a subscription that you bought can be frozen, while it runs.
freeze-none =
    ❄️ <b>No freezing</b>

    The subscription cannot be frozen now.
freeze-answer =
    { $answer ->
        [unfrozen] ▶️ <b>The subscription works again</b>, until { $ends }. The VPN turns on within a minute.
        [not_frozen] ℹ️ The subscription is not frozen any more.
        [differs] ℹ️ Its end has changed since. Please look again.
        [banned] 🚫 Your account is blocked. Write to support.
       *[not_offered] ℹ️ It cannot be frozen now.
    }
notification-freeze-ended =
    ▶️ <b>The subscription works again</b>, until { $until }.

    The freeze is over and time goes on. The key is the same.
