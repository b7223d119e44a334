switch-open = 🔀 Change plan
switch-title = 🔀 <b>Change plan</b>
switch-now = Now: { $plan }
switch-about =
    Nothing to pay: what is left keeps its value and becomes time of another plan. A dearer plan ends earlier, a cheaper one later.
switch-line =
    <b>{ $title }</b> · until { $until }
    { $limits }
switch-choose = { $title } · until { $until }
switch-none = There is no other plan for what you have left.
switch-moved = Some time has passed since that screen, and the date has changed.
switch-confirm =
    Change from { $from } to <b>{ $to }</b>?

    { $limits }
    Ends: { $before } → <b>{ $after }</b>

    The new limits apply at once. Your key and link stay the same, and you can change back.
switch-fewer =
    { $devices ->
        [one] With more than one device you have a day to choose which stays.
       *[other] With more than { $devices } devices you have a day to choose which stay.
    }
switch-addons = ➕ What you added stays, and works until the new date.
switch-yes = ✅ Change
switch-unchanged = You have this plan already.
switch-done =
    ✅ <b>{ $title }</b> is yours until { $until }.

    { $limits }
    Your key and link are the same.
