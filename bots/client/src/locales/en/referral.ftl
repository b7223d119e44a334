referral-title = 🤝 <b>Invite your friends</b>
referral-nothing = Send the link to whoever could use a fast VPN.
referral-days =
    { $days ->
        [one] 🎁 When a friend pays for the first time, you get { $days } day for free.
       *[other] 🎁 When a friend pays for the first time, you get { $days } days for free.
    }
referral-percent =
    { $of ->
        [each] 💰 { $percent }% of everything they pay goes to your balance.
       *[first] 💰 { $percent }% of their first payment goes to your balance.
    }
referral-second =
    { $of ->
        [each] 👥 And { $percent }% of everything paid by the friends they invite.
       *[first] 👥 And { $percent }% of the first payment of each friend they invite.
    }
referral-friend =
    { $days ->
        [one] 🎉 Your friend gets { $days } day for free with the first subscription.
       *[other] 🎉 Your friend gets { $days } days for free with the first subscription.
    }
referral-joined = 👥 Joined by your link: { $joined }
referral-paid = 💳 Paid: { $paid }
referral-earned = 🎁 Days you earned: { $days }
referral-earned-money = 💰 Earned to the balance: { $amount }
referral-link =
    Your link (tap to copy):
    { $link }
referral-share = 📨 Share
referral-card = 🖼 Card with a QR code
referral-invitation = I use this VPN: it's fast and takes two minutes to set up.
