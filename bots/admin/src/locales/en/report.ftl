report-open = 📒 Money report
report-title = 📒 <b>Money, { $month }</b>
report-sales = 💰 <b>Sold: { $total }</b> ({ $count })
report-refunds = ↩️ <b>Given back: { $total }</b> ({ $count })
report-fees = 🏦 <b>Providers kept: { $total }</b>
report-discounts = 🎟 <b>Discounts given: { $total }</b> ({ $count }), already off what was sold
report-discount =
    {"   "}• { $cause ->
        [promo] codes
        [personal] personal
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
    {"   "}• customers' balances — { $balances }
    {"   "}• money that waits for a decision — { $suspense }
report-nothing = nothing
report-file = 📄 File for the accountant
report-file-text = 📄 Payments and refunds of { $month }: a line each, opens in a spreadsheet.
