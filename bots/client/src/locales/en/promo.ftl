promo-open = 🎟 I have a code
promo-ask =
    🎟 <b>Your code</b>

    Write it here, as you got it.
promo-days =
    🎉 <b>The code gives you { $days ->
        [one] { $days } day
       *[other] { $days } days
    }</b>

    Your subscription is active until { $until }.
promo-balance =
    🎉 <b>The code gives you { $amount }</b>

    It is on your balance: it pays for any subscription.
promo-percent = { $percent }%
promo-discount = 🎟 <b>Code { $code }: { $off } off your next purchase</b>
promo-no-cheaper = Right now your price is better without it, or nothing on sale takes it. We keep the code for you.
promo-waits = It waits for you until you buy.
promo-waits-until = It waits for you until { $day }, that day included.
promo-drop = ✖️ Without code { $code }
promo-dropped = ✖️ The price is without the code now. You can enter it again at any time.
promo-refused =
    { $kind ->
        [not_yet] ⏳ This code doesn't work yet. Please try a little later.
        [over] ⌛️ This code has expired.
        [used_up] 😔 This code has been used up: others were quicker.
        [already_used] 👌 You have used this code already.
        [newcomers_only] This code is for those who buy for the first time.
        [banned] 🚫 Your account is blocked. Write to support.
       *[unknown] 🤔 There is no such code. Please check the spelling.
    }
promo-again = 🎟 Write it again
