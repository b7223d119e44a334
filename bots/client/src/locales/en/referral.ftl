referral-screen =
    🤝 <b>Invite your friends</b>

    { $days ->
        [0] Send the link to whoever could use a fast VPN.
        [one] When a friend pays for the first time, you get { $days } day for free.
       *[other] When a friend pays for the first time, you get { $days } days for free.
    }

    👥 Came by your link: { $joined }
    💳 Paid: { $paid }
    🎁 Days you earned: { $earned }

    Your link (tap to copy):
    { $link }
referral-share = 📨 Share
referral-invitation = I use this VPN: it's fast and takes two minutes to set up.
