discounts-open = 🏷 Discounts
discounts-title = 🏷 <b>Discounts that the shop gives by itself</b>
discounts-hours =
    { $count ->
        [0] ⏰ Happy hours: none
       *[other] ⏰ <b>Happy hours</b>, by the time of { $zone }:
    }
discounts-hours-line = { $days } { $from }–{ $until }: { $percent }%
discounts-every-day = every day
discounts-weekday =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
discounts-win-back =
    { $percent ->
        [0] 🎁 For coming back: nothing
       *[other] 🎁 For coming back: { $percent }%, for { $days ->
            [one] { $days } day
           *[other] { $days } days
        } after each reminder that a subscription has ended
    }
discounts-personal = 💙 A discount for one person, or a group, is set on the customer's card. Discounts never stack: the best one applies.
discounts-add-hours = ➕ Add happy hours
discounts-drop = 🗑 { $hours }
discounts-set-win-back = 🎁 For coming back
discounts-ask-hours =
    ⏰ <b>When, and how much off?</b>

    For example: <code>fri-sun 18:00-22:00 20%</code>. Without days it is every day. From 1 to 90%.
discounts-ask-win-back =
    🎁 <b>How much off for coming back, and for how many days?</b>

    For example: <code>20% 3d</code>. It comes with the reminders that a subscription or a trial has ended, and begins anew with each. <code>0</code> gives nothing.
discounts-ask-personal =
    💙 <b>How much off for this customer?</b>

    For example: <code>15%</code>, or for a time: <code>15% 30d</code>. From 1 to 90%; <code>0</code> takes it away. The customer is told.
discounts-personal-open = 💙 Discount
discounts-refused =
    { $kind ->
        [invalid_group] 🤔 A name and a percentage from 1 to 90, please: Partners 15%.
        [too_many_groups] 🤔 There are twenty already. Remove one first.
        [invalid_hours] 🤔 These are no hours. Days, two times and a percentage, please.
        [too_many_hours] 🤔 There are ten already. Remove some first.
        [invalid_offer] 🤔 From 1 to 90% and 1 to 60 days, or 0.
       *[invalid_discount] 🤔 From 1 to 90% and up to 3650 days, or 0.
    }
card-discount = 💙 Discount: { $percent }%{ $until }
card-discount-until = {" "}until { $day }, that day included
customer-discount-set = 💙 The discount is set. The customer is told.
customer-discount-removed = 💙 The discount is taken away.
customer-discount-same = 👌 That is how it was before.
groups-open = 👥 Groups
groups-title =
    { $count ->
        [0] 👥 <b>Groups</b>: none yet. Everybody in a group has the same percentage off.
       *[other] 👥 <b>Groups</b>: everybody in one has its percentage off. Put somebody in by the customer's card, under “Discount”.
    }
groups-add = ➕ New group
group-card =
    👥 <b>{ $name }</b>: { $percent }% off
    { $members ->
        [0] Nobody is in it.
        [one] { $members } customer is in it.
       *[other] { $members } customers are in it.
    }
group-change = ✏️ Name and percentage
group-drop = 🗑 Remove
group-drop-ask = 🗑 <b>Remove the group “{ $name }”?</b> Its customers pay what everybody pays from now on. They are not told. Orders that are open keep their price.
group-drop-yes = 🗑 Yes, remove it
group-ask =
    👥 <b>What is the group called, and how much is off?</b>

    For example: <code>Partners 15%</code>. A name of up to 30 characters, and from 1 to 90%. A change holds for all who are in it; they are not told.
group-choose =
    { $count ->
        [0] 👥 There are no groups yet. Make one under Settings → Discounts → Groups.
       *[other] 👥 <b>Into which group?</b> The customer is told how much is off.
    }
group-none = ✖️ None
card-group = 👥 Group: { $name }, { $percent }%
customer-group-set = 👥 The customer is in the group, and is told.
customer-group-left = 👥 The customer is in no group any more.
customer-unknown-group = 🤷 There is no such group any more.
