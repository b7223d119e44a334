command-menu = 🏠 Main menu
command-config = 🔑 My key
command-buy = 🛒 Buy or renew
command-trial = 🎁 Try it out
command-devices = 📱 My devices
command-balance = 💰 My balance
command-history = 🧾 Payment history
command-promo = 🎟 Enter a code
command-gift = 🎁 Give a subscription
command-referral = 🤝 Invite a friend
command-notifications = 🔔 Notifications
command-language = 🌐 Language
command-help = ❓ How to connect
command-support = 💬 Support
command-cancel = ↩️ Cancel
profile-description =
    🔐 A fast VPN for your phone and computer.

    { $trial ->
        [free] 🎁 There is a free trial
        [paid] 🎁 You can try it for a few days first
       *[none] 🌍 One key for all your devices
    }
    🔑 Your key arrives right after payment
    📱 Set up in two minutes, with steps for every device
    💬 If something doesn't work, a real person helps

    Press Start to begin.
profile-short = 🔐 A fast VPN: your key right after payment, set up in two minutes, support by real people.
