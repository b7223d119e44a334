promo-open = 🎟 Codes
promo-all = 🎟 All codes
promo-title =
    { $count ->
        [0] 🎟 No codes yet.
       *[other] 🎟 <b>Codes</b>
    }
promo-line = <code>{ $code }</code> — { $gift }, redeemed: { $uses }
promo-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
promo-newcomers = before the first purchase
promo-until = until { $at }
promo-how =
    ➕ A new code in one line:
    <code>/newcode WINTER 7d x100 2026-12-31 new</code>
    <code>7d</code> — days, or a sum for the balance: <code>300</code>. The rest may be left out: the code itself, how many may redeem it (<code>x100</code>), the last day, <code>new</code> — only before the first purchase.
promo-created = ✅ The code is <code>{ $code }</code>
promo-link =
    🔗 A link that redeems it:
    <code>{ $link }</code>
promo-stop = ⏹ Stop { $code }
promo-stopped =
    { $kind ->
        [stopped] ⏹ { $code } is stopped. What it gave stays.
       *[unknown] 👌 { $code } was stopped before.
    }
promo-refused =
    { $kind ->
        [invalid_code] 🤔 A code has 3 to 32 Latin letters, digits and dashes.
        [invalid_gift] 🤔 A code gives 1 to 366 days, or a sum up to 100,000.
        [invalid_uses] 🤔 x1 to x1000000.
        [over_already] 🤔 This day has passed.
       *[taken] 🤔 There is or was such a code. Take another word.
    }
