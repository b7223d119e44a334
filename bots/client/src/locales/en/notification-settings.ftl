notification-settings =
    🔔 <b>Notifications</b>

    Press a line to switch it on or off.

    We always write about payments, keys, devices, blocking and answers from support.
notification-settings-open = 🔔 Notifications
notification-settings-expiry = Subscription ends soon
notification-settings-traffic = Traffic runs low
notification-settings-news = Shop news
notification-settings-offers = Offers and discounts
notification-settings-referral = Bonuses for friends you invite
