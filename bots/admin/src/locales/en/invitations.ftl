invitations-open = 🤝 Invitations
invitations-title = 🤝 <b>Invitations</b>
invitations-friend =
    { $days ->
        [0] 🎉 To the friend: nothing
        [one] 🎉 To the friend with the first subscription: +{ $days } day
       *[other] 🎉 To the friend with the first subscription: +{ $days } days
    }
invitations-percent =
    { $percent ->
        [0] 💰 Percent to the inviter: none
       *[other] 💰 Percent to the inviter: { $percent }% { $of ->
            [each] of each payment of the friend
           *[first] of the friend's first payment
        }
    }
invitations-second =
    { $percent ->
        [0] 👥 Second level: none
       *[other] 👥 Second level: { $percent }%
    }
invitations-rule = ℹ️ Of payments and top-ups only money from outside counts. Purchases from the balance, codes and gifts earn nothing. A refund takes the bonus back as far as it is on the balance; the rest is an expense of the shop.
invitations-field-friendBonusDays = 🎉 Days to the friend
invitations-field-referralPercent = 💰 Percent of payments
invitations-field-referralPercentSecond = 👥 Second level
invitations-to-first = 1️⃣ Of the first payment only
invitations-to-each = 🔁 Of each payment
invitations-ask-friendBonusDays = 🎉 <b>How many days to the friend</b> with the first subscription? Up to 365; 0 gives nothing.
invitations-ask-referralPercent = 💰 <b>How many percent of a friend's payments</b> go to the inviter's balance? Up to 50; 0 gives nothing.
invitations-ask-referralPercentSecond = 👥 <b>How many percent</b> go to whoever invited the inviter? Up to 50; 0 gives nothing.
invitations-invalid =
    { $field ->
        [friendBonusDays] 🤔 It takes a whole number, 0 to 365.
       *[referralPercent] 🤔 It takes a whole number, 0 to 50.
    }
invitations-top = 🏆 <b>Best of 30 days</b>: friends who paid, earned:
invitations-top-none = 🏆 Nobody has paid by an invitation for 30 days.
invitations-top-line = { $place }. { $name } — { $paid }, { $amount }
invitations-open-line = 👤 { $name }
