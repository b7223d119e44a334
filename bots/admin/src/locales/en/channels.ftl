channels-open = 📢 Required channels
channels-title = 📢 <b>Required channels</b>
channels-none = No channels: nobody has to join anything.
channels-line = • <a href="{ $link }">{ $title }</a>
channels-rule = Whoever has paid is never asked to join. The trial of a person who leaves is paused (where the channel is needed to use it) and works again by itself when they return; its time goes on meanwhile.
channels-isForTrial = To begin a trial
channels-isForUse = To use a trial
channels-add = ➕ Add a channel
channels-drop = 🗑 { $title }
channels-client-bot = the client bot
channels-ask =
    📢 <b>Which channel or group?</b>

    1. Make { $bot } an administrator of the channel (a private one: with the right to invite).
    2. Forward any post of it here, or send its @name or a link.
channels-problem =
    { $kind ->
        [invitation] 🤔 A private invitation does not tell which channel it is. Forward any post of it here.
        [not_found] 🤔 The bot sees no such channel. Check the name, and that the bot is among its administrators.
        [not_a_channel] 🤔 This is neither a channel nor a group.
        [not_admin] 🤔 The bot is no administrator there. Add it to the administrators and send it once more.
        [no_link] 🤔 The channel is private and the bot has no link to it. Give the bot the right “Invite users via link” and send it once more.
        [no_answer] 🤔 Telegram does not answer now, or this server has no token of the client bot. Try later.
       *[unreadable] 🤔 Here is no @name, no link and no forwarded post.
    }
channels-too-many = 🤔 There are { $most } channels already; nobody joins more. Remove one first.
channels-added = ✅ Added.
channels-dropped = ✅ Removed. Paused trials work again.
