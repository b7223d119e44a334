channels-trial =
    { $count ->
        [1] 🎁 <b>To try it for free, join this channel</b>
       *[other] 🎁 <b>To try it for free, join these channels</b>
    }
channels-use =
    { $count ->
        [1] 🎁 <b>The trial works while you are in this channel</b>
       *[other] 🎁 <b>The trial works while you are in these channels</b>
    }
channels-line = 📢 { $title }
channels-or-buy = With a paid subscription none of this is needed.
channels-join = 📢 { $title }
channels-joined = ✅ I have joined
channels-open = 📢 What to do
channels-missing = 🤔 We do not see you here yet: { $titles }. Join and press once more.
