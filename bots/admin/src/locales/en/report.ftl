report-open = 📒 Money report
report-title = 📒 <b>Money, { $month }</b>
report-sales = 💰 <b>Sold: { $total }</b> ({ $count })
report-refunds = ↩️ <b>Refunded: { $total }</b> ({ $count })
report-fees = 🏦 <b>Providers kept: { $total }</b>
report-discounts = 🎟 <b>Discounts given: { $total }</b> ({ $count }), already off what was sold
report-discount =
    {"   "}• { $cause ->
        [promo] codes
        [personal] personal
        [group] groups
        [happy_hours] happy hours
       *[win_back] for coming back
    } — { $amount }
report-revenue = 📈 <b>Earned: { $total }</b> — sold time that has passed, counted each night
report-line = {"   "}• { $provider }{ $plan } — { $amount }
report-more =
    { $count ->
        [one] {"   "}…and { $count } more line
       *[other] {"   "}…and { $count } more lines
    }
report-owed =
    ⏳ <b>What the shop owes today</b>
    {"   "}• sold time that is still to come — { $deferred }
    {"   "}• gifts that nobody has activated — { $gifts }
    {"   "}• customers' balances — { $balances }
    {"   "}• money that waits for a decision — { $suspense }
report-nothing = nothing
report-file = 📄 File for the accountant
report-file-text = 📄 Payments and refunds of { $month }: a line each, opens in a spreadsheet.
report-closed = 🔒 Closed on { $at }: these figures stand.
report-owed-then =
    ⏳ <b>What the shop owed when the month was closed</b>
    {"   "}• sold time that was still to come — { $deferred }
    {"   "}• gifts that nobody has activated — { $gifts }
    {"   "}• customers' balances — { $balances }
    {"   "}• money that waited for a decision — { $suspense }
report-close = 🔒 Close the month
report-closing =
    🔒 <b>Close { $month }?</b>

    Its figures stand from then on, and nothing is booked into it or any month before it. A refund or a fee that comes to light later belongs to the month in which it does. This cannot be undone.
report-closing-yes = 🔒 Close it for good
report-closing-result =
    { $kind ->
        [closed] 🔒 Done: the month is closed.
        [already_closed] 👌 The month is closed already.
       *[too_early] 🕓 Too early: a month can be closed two days after its end.
    }
report-given =
    🎁 <b>Given away</b>
    {"   "}• to inviters — { $bonuses }
    {"   "}• by codes — { $credit }
report-written-off = 🗑 <b>Written off as a loss: { $amount }</b>
report-unclaimed = 📦 <b>Unclaimed money kept: { $amount }</b>
report-chart = 📊 Chart
report-chart-title = Money by day, { $month }
report-chart-sold = Sold
report-chart-earned = Earned
report-chart-text =
    📊 <b>Money by day, { $month }</b>

    Sold { $sold }, earned { $earned }. Most sold in a day: { $best }. In the currency of most sales.
report-chart-empty = 📊 Nothing was sold in { $month }.
